import type { core } from 'zod';
import { oneOf } from './errors/index.ts';

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of fields',
  record: 'a group of fields',
  date: 'a date',
  null: 'nothing',
  undefined: 'nothing',
};

/** What is wrong with a value, in words for somebody who is not a programmer; no full stop at the end. */
export function plainIssue(issue: core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined && /received undefined/.test(issue.message))
        return 'this field is missing';
      return `${kinds[issue.expected] ?? issue.expected} is needed here`;
    case 'invalid_value':
      return issue.message.startsWith('Invalid')
        ? `write ${oneOf(issue.values.map(String))} here`
        : lower(issue.message);
    case 'too_small':
      return issue.message.startsWith('Too small')
        ? `${sizeWords(issue.origin, 'at least', issue.minimum)}`
        : lower(issue.message);
    case 'too_big':
      return issue.message.startsWith('Too big')
        ? `${sizeWords(issue.origin, 'at most', issue.maximum)}`
        : lower(issue.message);
    case 'invalid_union':
      return 'this value does not fit here';
    default:
      return lower(issue.message);
  }
}

function sizeWords(origin: string, bound: string, size: number | bigint): string {
  if (origin === 'string')
    return size === 1 && bound === 'at least'
      ? 'this field is empty'
      : `${bound} ${size} characters are needed here`;
  if (origin === 'array') return `${bound} ${size} ${size === 1 ? 'entry is' : 'entries are'} needed here`;
  return `the number must be ${bound} ${size}`;
}

const lower = (text: string) => (text.charAt(0).toLowerCase() + text.slice(1)).replace(/\.$/, '');
