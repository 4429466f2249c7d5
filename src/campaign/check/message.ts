import Handlebars from 'handlebars';
import type { Problem } from '../../core/problem.ts';
import { renderMarkdown } from '../markdown.ts';
import { fillSlots, type Message } from '../message.ts';
import { asError, asWarning, at, type Checked, type Rule } from './rules.ts';

/** Gmail shows no more of a mail's HTML, and the unsubscribe link stands at its end. Bytes. */
const clipped = 102_000;
const nearlyClipped = 90_000;

/** What other programs and unfinished templates leave to be filled in, and nobody here fills. */
const leftOver = /\[\[\w+\]\]|\*\|[\w:]+\|\*|%%\w+%%|\$\{\w+\}|\blorem ipsum\b/gi;

/**
 * The compiled message: its size, and what the law and the large mailbox providers ask every promotion to carry.
 *
 * @param sender name and postal address as they must be read in every mail
 */
export function messageRules(sender: { readonly name: string; readonly address: string }): Rule {
  return (checked) => {
    const { message } = checked;
    if (!message) return [];
    const html = fillSlots(message.html, named(message));
    return [
      ...sizeRules(checked, html),
      ...wayOutRules(checked, message),
      ...senderRules(checked, html, sender),
      ...templateRules(checked, html),
      ...textPartRules(checked, message),
    ];
  };
}

/** Every field shows its own name. */
const named = ({ fields }: Message) => Object.fromEntries(fields.map((name) => [name, name]));
const template = ({ brief }: Checked) => ({ ...at(brief, 'template'), name: brief.fields.template });

function sizeRules(checked: Checked, html: string): Problem[] {
  const bytes = new TextEncoder().encode(html).length;
  if (bytes <= nearlyClipped) return [];
  const { name: _, ...place } = template(checked);
  const found = {
    ...place,
    rule: 'clipped',
    message: `The mail's HTML has ${Math.round(bytes / 1000)} kB; Gmail cuts it off after 102 kB, with the unsubscribe link.`,
    fix: 'Shorten the text or show fewer offers, and link to the page for the rest.',
  };
  return [bytes > clipped ? asError(found) : asWarning(found)];
}

/** The link must be there for everybody, so also for somebody whose every cell is empty, or none. */
function wayOutRules(checked: Checked, message: Message): Problem[] {
  const { name, ...place } = template(checked);
  const mark = 'sec:way-out';
  const empty = Object.fromEntries(message.fields.map((field) => [field, '']));
  const readers = [empty, named(message)].map((fields) => ({ ...fields, unsubscribe_url: mark }));
  const isFor = (text: Message['html']) => readers.every((fields) => fillSlots(text, fields).includes(mark));
  if (isFor(message.html) && isFor(message.text)) return [];
  return [
    asError({
      ...place,
      rule: 'no-unsubscribe',
      message: `The template ${name} does not show the unsubscribe link to everybody, in the HTML and in the text part.`,
      fix: 'Put <a href="\\{{unsubscribe_url}}">…</a> into its foot, outside of any {{#if}}, or use {{> footer}}.',
    }),
  ];
}

function senderRules(checked: Checked, html: string, sender: { name: string; address: string }): Problem[] {
  const { name, ...place } = template(checked);
  const isShown = (text: string) => html.includes(Handlebars.Utils.escapeExpression(text));
  const problems: Problem[] = [];
  if (!isShown(sender.address))
    problems.push(
      asError({
        ...place,
        rule: 'no-address',
        message: `The template ${name} does not show the sender's postal address.`,
        fix: 'Add {{sender.address}} to its foot, or use {{> footer}}.',
      }),
    );
  if (!isShown(sender.name))
    problems.push(
      asWarning({
        ...place,
        rule: 'no-sender-name',
        message: `The template ${name} does not say who the mail is from.`,
        fix: 'Add {{sender.name}} to its foot, or use {{> footer}}.',
      }),
    );
  return problems;
}

function templateRules({ brief, message }: Checked, html: string): Problem[] {
  const name = brief.fields.template;
  const place = at(brief, 'template');
  const problems = [...html.matchAll(/<img\b[^>]*>/g)]
    .filter(([tag]) => !/\balt=/.test(tag))
    .map(() =>
      asError({
        ...place,
        rule: 'missing-alt',
        message: `The template ${name} shows a picture without alt.`,
        fix: 'Give it alt="what it shows", or alt="" where it is mere decoration.',
      }),
    );
  const left = new Set(html.match(leftOver));
  for (const text of left)
    problems.push(
      asError({
        ...place,
        rule: 'placeholder',
        message: `The mail shows "${text}", which the template ${name} leaves to be filled in, and nothing does.`,
        fix: 'Write what is meant into the template, or a column of the list as \\{{first_name}}.',
      }),
    );
  if (message && brief.body.trim() !== '' && !showsText(brief.body, html))
    problems.push(
      asWarning({
        ...place,
        rule: 'text-not-shown',
        message: `The template ${name} does not show the text of the brief.`,
        fix: 'Put {{{content}}} into the template where the text belongs, or choose another template.',
      }),
    );
  return problems;
}

/** By the longest piece of plain words in the text: the rest may look different in the mail. */
function showsText(body: string, html: string): boolean {
  const [longest = ''] = wordsOf(body);
  return html.includes(longest);
}

/** Pieces of a text without marks, merge fields and line ends, as HTML has them; the longest first. */
function wordsOf(body: string): string[] {
  return renderMarkdown(body.replace(/\{\{[\s\S]*?\}\}/g, '<'), new Map(), 600)
    .split(/<[^>]*>|&[^;]+;|\n/)
    .map((piece) => piece.trim())
    .sort((a, b) => b.length - a.length);
}

/** The text part is what a watch, a screen reader and a spam filter read. */
function textPartRules({ brief }: Checked, message: Message): Problem[] {
  const text = fillSlots(message.text, named(message)).replace(/\s+/g, ' ');
  const [longest = ''] = wordsOf(brief.body);
  const word = longest.split(' ').slice(0, 3).join(' ');
  const isEmpty = text.replace(/\S+:\S+/g, '').trim().length < 20;
  const isMissing =
    isEmpty || (!text.includes(word) && fillSlots(message.html, named(message)).includes(longest));
  if (!isMissing) return [];
  return [
    asError({
      ...at(brief, 'template'),
      rule: 'text-part',
      message: `The template ${brief.fields.template} leaves the text of the brief out of the plain-text part of the mail.`,
      fix: 'Take the class no-text away from what shows {{{content}}}.',
    }),
  ];
}
