import { fieldName } from '../../core/yaml.ts';
import type { Brief } from '../brief/brief.ts';
import { localPictures, references } from '../markdown.ts';
import { asError, asWarning, at, inBody, type Rule } from './rules.ts';

/** Words that stand for text which is still to be written. `promo new` writes the first. */
const placeholders = /✎|\blorem ipsum\b|\bTODO\b|\bTBD\b|\bXXX\b/i;
const heavyPicture = 200_000;
const heavyMail = 600_000;

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

/** Offers and events that a reader could misunderstand, and templates that lack what they are for. */
export const offerRules: Rule = ({ brief }) => {
  const { offers, template, event, changes } = brief.fields;
  const problems = [];
  for (const [n, { name, price, was }] of offers.entries()) {
    if (price === 0)
      problems.push(
        asWarning({
          ...at(brief, 'offers', n, 'price'),
          rule: 'offer-without-price',
          message: `The offer "${name}" costs nothing.`,
          fix: 'Write its price, or leave it if it is a gift.',
        }),
      );
    if (was !== undefined && was <= price)
      problems.push(
        asError({
          ...at(brief, 'offers', n, 'was'),
          rule: 'no-saving',
          message: `The offer "${name}" costs ${price}, and its price before was ${was}: there is nothing saved.`,
          fix: 'Correct the two prices, or take was out.',
        }),
      );
  }
  const lacks =
    template === 'event' && !event
      ? 'event'
      : template === 'notice' && changes.length === 0 && !event
        ? 'changes'
        : undefined;
  if (lacks)
    problems.push(
      asWarning({
        ...at(brief, 'template'),
        rule: 'nothing-to-show',
        message: `The template ${template} shows ${lacks}, and the brief has none.`,
        fix: `Add ${lacks}: to the brief, or choose another template.`,
      }),
    );
  return problems;
};

/** Pictures that are slow on a phone. */
export const pictureRules: Rule = ({ brief, pictures }) => {
  const place = (src: string) => {
    const inText = localPictures(brief.body).find(({ target }) => target === src);
    return inText ? inBody(brief, inText.line) : at(brief, 'hero', 'src');
  };
  const weigh = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
  const heavy = [...pictures].filter(([, { content }]) => content.length > heavyPicture);
  const total = [...pictures.values()].reduce((sum, { content }) => sum + content.length, 0);
  const problems = heavy.map(([src, { content }]) =>
    asWarning({
      ...place(src),
      rule: 'image-weight',
      message: `The picture ${src} weighs ${weigh(content.length)}.`,
      fix: 'Save it 1200 pixels wide at medium quality: below 200 kB.',
    }),
  );
  if (total > heavyMail)
    problems.push(
      asWarning({
        file: brief.file,
        rule: 'image-weight',
        message: `The pictures of one mail weigh ${weigh(total)} together.`,
        fix: 'Use fewer or smaller ones: below 600 kB in all.',
      }),
    );
  return problems;
};
