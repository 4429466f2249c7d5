import { fieldName } from '../../core/yaml.ts';
import type { Brief } from '../brief/brief.ts';
import { references } from '../markdown.ts';
import { asError, asWarning, at, inBody, type Rule } from './rules.ts';

/** Words that stand for text which is still to be written. `promo new` writes the first. */
const placeholders = /✎|\blorem ipsum\b|\bTODO\b|\bTBD\b|\bXXX\b/i;

/** Text and links: nothing that is empty, left over or unreadable to somebody who sees no pictures. */
export const textRules: Rule = ({ brief }) => {
  const problems = [];
  for (const { kind, target, words, line } of references(brief.body)) {
    if (kind === 'image' && words.trim() === '')
      problems.push(
        asWarning({
          ...inBody(brief, line),
          rule: 'missing-alt',
          message: `The picture ${target} has no description, and many mailboxes do not show pictures at first.`,
          fix: 'Say between the square brackets what it shows: ![Fresh rye bread](…).',
        }),
      );
    if (kind === 'link' && (target === '' || target === '#' || words.trim() === ''))
      problems.push(
        asError({
          ...inBody(brief, line),
          rule: 'empty-link',
          message:
            words.trim() === ''
              ? `The link to ${target} has no words.`
              : `The link "${words}" leads nowhere.`,
          fix: 'Write it as [what is read](https://where-it-leads).',
        }),
      );
    if (kind === 'link' && target !== '' && !/^(https?:|mailto:|tel:|%7B%7B|#)/i.test(target))
      problems.push(
        asError({
          ...inBody(brief, line),
          rule: 'relative-link',
          message: `The link to ${target} works on a page, and not in a mail.`,
          fix: 'Write the whole address, with https:// in front.',
        }),
      );
  }
  for (const [n, text] of brief.body.split('\n').entries()) {
    if (placeholders.test(text))
      problems.push(
        asError({
          ...inBody(brief, n + 1),
          rule: 'placeholder',
          message: 'The text still holds a place to be filled in.',
          fix: 'Write the sentence, or take the line out.',
        }),
      );
    if (/<[a-z/][^>]*>/i.test(text.replace(/`[^`]*`|<(https?:|mailto:)[^>]*>|<[^\s@<>]+@[^\s<>]+>/g, '')))
      problems.push(
        asWarning({
          ...inBody(brief, n + 1),
          rule: 'html-in-text',
          message: 'The text holds HTML, which a mail shows as it is written.',
          fix: 'Write it in Markdown: **bold**, [link](https://…).',
        }),
      );
  }
  if (brief.body.trim() === '')
    problems.push(
      asError({
        file: brief.file,
        rule: 'text-missing',
        message: 'The mail has no text.',
        fix: 'Write it below the line of ---.',
      }),
    );
  return [...problems, ...placeholderFields(brief)];
};

function placeholderFields(brief: Brief) {
  return leaves(brief.fields)
    .filter(({ text }) => placeholders.test(text))
    .map(({ path }) =>
      asError({
        ...at(brief, ...path),
        rule: 'placeholder',
        message: `The field ${fieldName(path)} still holds a place to be filled in.`,
        fix: 'Fill it in, or take the field out.',
      }),
    );
}

function leaves(
  value: unknown,
  path: (string | number)[] = [],
): { path: (string | number)[]; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((entry, n) => leaves(entry, [...path, n]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => leaves(entry, [...path, key]));
}
