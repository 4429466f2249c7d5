import type { PageRule } from '../checked-site.ts';
import { asWarning, type Finding } from '../finding.ts';
import { locate } from '../locate.ts';

/** One main heading, and no level left out on the way down: people who listen to a page find their way by them. */
export const headingRules: PageRule = (page, site) => {
  const { headings } = page.html;
  const at = (level: number, text: string) =>
    locate(page, site, `${'#'.repeat(level)} ${text}`, `>${text}<`, text);
  const found: Finding[] = [];
  const [main, second] = headings.filter(({ level }) => level === 1);
  if (!main)
    found.push(
      asWarning({
        file: page.file,
        rule: 'no-main-heading',
        message: 'The page has no main heading.',
        fix: 'Give the page a title, or begin its text with a heading: # What the page is about.',
      }),
    );
  if (second)
    found.push(
      asWarning({
        ...at(1, second.text),
        rule: 'second-main-heading',
        text: second.text,
        message: `The page has a second main heading: "${second.text}".`,
        fix: 'Make it a heading below the first: write ## in place of #.',
      }),
    );
  for (const [n, { level, text }] of headings.entries()) {
    const above = headings[n - 1]?.level;
    if (above === undefined || level <= above + 1) continue;
    found.push(
      asWarning({
        ...at(level, text),
        rule: 'heading-order',
        text,
        message: `The heading "${text}" is of level ${level}, and the one before it of level ${above}: a level is left out.`,
        fix: `Make it a heading of level ${above + 1}: write ${'#'.repeat(above + 1)} before it.`,
      }),
    );
  }
  for (const { level, text } of headings)
    if (text === '' && !page.markup.includes('<h1><img'))
      found.push(
        asWarning({
          file: page.file,
          rule: 'empty-heading',
          text: `h${level}`,
          message: `A heading of level ${level} has no words.`,
          fix: 'Write what the part below it is about, or take the heading away.',
        }),
      );
  return found;
};
