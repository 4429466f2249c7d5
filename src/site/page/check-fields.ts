import { fail, oneOf } from '../../core/errors/index.ts';
import type { FieldRule } from '../../workspace/schema.ts';
import type { Plain } from '../source/plain.ts';
import { readMoment } from './moment.ts';
import type { Page } from './page.ts';

/** What is wrong with a value, and what would fit; undefined where it fits. */
interface Misfit {
  readonly problem: string;
  readonly fits: string;
}

/**
 * Checks a page's fields against what site.yaml declares for its kind. A draft may still lack what is required.
 *
 * @throws VALUE_UNFIT with file, line and field
 */
export function checkFields(page: Page, fields: Readonly<Record<string, FieldRule>>): void {
  for (const [name, rule] of Object.entries(fields)) {
    const value = page.data[name];
    const isAbsent = value === undefined || value === null || value === '';
    if (isAbsent && (!rule.required || page.draft)) continue;
    const misfit = isAbsent
      ? { problem: 'this field is empty, and it is needed', fits: wanted(rule) }
      : misfitOf(value, rule);
    if (!misfit) continue;
    const place = page.source?.yaml?.place([name]) ?? { file: page.file, field: name };
    const label = rule.label ? `${rule.label}: ` : '';
    throw fail('VALUE_UNFIT', { ...place, problem: label + misfit.problem, fits: misfit.fits });
  }
}

/** Whether one value fits one declared field. */
function misfitOf(value: Plain, rule: FieldRule): Misfit | undefined {
  const refuse = (problem: string): Misfit => ({ problem, fits: wanted(rule) });
  const shown = `"${String(value)}"`;
  switch (rule.type) {
    case 'number':
      if (typeof value !== 'number') return refuse(`${shown} is not a number`);
      return outOfRange(value, rule) ? refuse(`${value} is out of range`) : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : refuse(`${shown} is neither true nor false`);
    case 'list':
      if (!Array.isArray(value)) return refuse('this is not a list');
      return outOfRange(value.length, rule) ? refuse(`the list has ${value.length} entries`) : undefined;
    case 'date':
      return readMoment(value, 'UTC') ? undefined : refuse(`${shown} is not a date`);
    case 'choice':
      return rule.choices?.includes(String(value)) ? undefined : refuse(`${shown} is not among the choices`);
    default:
      return textMisfit(value, rule, refuse);
  }
}

function textMisfit(value: Plain, rule: FieldRule, refuse: (problem: string) => Misfit): Misfit | undefined {
  if (typeof value === 'object') return refuse('a text was expected');
  const text = String(value);
  if (rule.type === 'text' && text.trim().includes('\n')) return refuse('this is more than one line');
  if (rule.type === 'email' && !/^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/.test(text))
    return refuse('this is not an e-mail address');
  if (rule.type === 'url' && !/^(https?:\/\/[^\s/]+|\/[^\s]*|[\w./-]+\.md)/.test(text))
    return refuse(`"${text}" is not an address`);
  const length = [...text].length;
  return outOfRange(length, rule) ? refuse(`the text has ${length} characters`) : undefined;
}

const outOfRange = (size: number, { min, max }: FieldRule) =>
  (min !== undefined && size < min) || (max !== undefined && size > max);

/** What a field takes, as advice. */
function wanted({ type, min, max, choices }: FieldRule): string {
  const unit = { number: '', list: ' entries' }[type as string] ?? ' characters';
  const range =
    min !== undefined && max !== undefined
      ? `${min} to ${max}${unit}`
      : min !== undefined
        ? `at least ${min}${unit}`
        : max !== undefined
          ? `at most ${max}${unit}`
          : '';
  const limits = range ? `, ${range}` : '';
  const advice: Record<FieldRule['type'], string> = {
    text: `Write one line of text${limits}.`,
    'long-text': `Write a text${limits}.`,
    number: `Write a number such as 4.50${limits}.`,
    boolean: 'Write true or false.',
    date: 'Write a date as 2026-11-21, or with the time as 2026-11-21T09:00.',
    choice: `Choose ${oneOf(choices ?? [])}.`,
    image: `Write the picture's file name, such as photo.jpg${limits}.`,
    url: 'Write the whole address, such as https://example.com, or /contact/ for a page of this site.',
    email: 'Write the address as name@example.com.',
    list: `Write a list, the entries apart with commas${limits}.`,
  };
  return advice[type];
}
