import type { PageRule } from '../checked-site.ts';
import { asError, asWarning, type Finding } from '../finding.ts';
import { type Located, locate } from '../locate.ts';

/** Words that nobody means to publish. */
const fillers =
  /\blorem ipsum\b|\bdolor sit amet\b|\b(?:your|insert|add|some) text here\b|\btext here\b|\bteksts šeit\b/i;
/** Notes to oneself; capitals only, and no Roman thirty among other words. */
const notes = /\b(?:TODO|FIXME|TBD|TBC|XXX)\b/;

/** Text that was left over from writing. */
export const wordRules: PageRule = (page, site) => {
  const texts = [...page.html.texts, page.html.title ?? ''];
  const found = new Map<string, Finding>();
  for (const text of texts) {
    const filler = fillers.exec(text)?.[0];
    const note = notes.exec(text)?.[0];
    if (filler && !found.has(filler)) found.set(filler, leftover(filler, locate(page, site, filler)));
    if (note && !found.has(note)) found.set(note, noteToSelf(note, locate(page, site, note)));
  }
  return [...found.values()];
};

const leftover = (text: string, place: Located) =>
  asError({
    ...place,
    rule: 'placeholder-text',
    text,
    message: `The words "${text}" stand in for a text that was never written.`,
    fix: 'Write the real text, or take this part away.',
  });

const noteToSelf = (text: string, place: Located) =>
  asWarning({
    ...place,
    rule: 'placeholder-text',
    text,
    message: `"${text}" looks like a note to yourself, and visitors can read it.`,
    fix: 'Do what it says, and take it away.',
  });
