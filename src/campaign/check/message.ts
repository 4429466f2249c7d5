import Handlebars from 'handlebars';
import { fillSlots } from '../message.ts';
import { asError, asWarning, at, type Rule } from './rules.ts';

/** Gmail shows no more of a mail's HTML, and the unsubscribe link stands at its end. Bytes. */
const clipped = 102_000;
const nearlyClipped = 90_000;

/** The compiled message: its size, and what the law and the large mailbox providers ask every promotion to carry. */
export function messageRules(address: string): Rule {
  return ({ brief, message }) => {
    if (!message) return [];
    const where = at(brief, 'template');
    const html = fillSlots(message.html, Object.fromEntries(message.fields.map((name) => [name, name])));
    const bytes = new TextEncoder().encode(html).length;
    const problems = [];
    if (bytes > nearlyClipped) {
      const found = {
        ...where,
        rule: 'clipped',
        message: `The mail's HTML has ${Math.round(bytes / 1000)} kB; Gmail cuts it off after 102 kB, with the unsubscribe link.`,
        fix: 'Shorten the text or show fewer offers, and link to the page for the rest.',
      };
      problems.push(bytes > clipped ? asError(found) : asWarning(found));
    }
    if (!message.fields.includes('unsubscribe_url'))
      problems.push(
        asError({
          ...where,
          rule: 'no-unsubscribe',
          message: `The template ${brief.fields.template} has no unsubscribe link.`,
          fix: 'Add to its foot: <a href="\\{{unsubscribe_url}}">…</a>, or use {{> footer}}.',
        }),
      );
    if (!html.includes(Handlebars.Utils.escapeExpression(address)))
      problems.push(
        asError({
          ...where,
          rule: 'no-address',
          message: `The template ${brief.fields.template} does not show the sender's postal address.`,
          fix: 'Add {{sender.address}} to its foot, or use {{> footer}}.',
        }),
      );
    for (const [tag] of html.matchAll(/<img\b[^>]*>/g)) {
      if (!/\balt=/.test(tag))
        problems.push(
          asError({
            ...where,
            rule: 'missing-alt',
            message: `The template ${brief.fields.template} shows a picture without alt.`,
            fix: 'Give it alt="what it shows", or alt="" where it is mere decoration.',
          }),
        );
    }
    return problems;
  };
}
