import { formatHelpers } from './helpers-format.ts';
import { listHelpers } from './helpers-list.ts';
import { pictureHelpers } from './helpers-picture.ts';
import { type Helpers, Html } from './register-helpers.ts';

const isEmpty = (value: unknown) =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === false ||
  (Array.isArray(value) && value.length === 0);

/** What a layout may call beside `if`, `each`, `with`, `unless` and `lookup`; docs/layout-context.md lists them. */
export const siteHelpers = (): Helpers => ({
  eq: (_, a, b) => a === b,
  not: (_, value) => isEmpty(value),
  and: (_, ...values) => values.find(isEmpty) ?? values.at(-1),
  or: (_, ...values) => values.find((value) => !isEmpty(value)) ?? values.at(-1),
  default: (_, value, fallback) => (isEmpty(value) ? fallback : value),
  concat: (_, ...parts) => parts.filter((part) => part !== undefined && part !== null).join(''),
  json: (_, value) => new Html(scriptSafeJson(value)),
  markdown: ({ env, named }, text) => new Html(env.markdown(String(text ?? ''), named.inline === true)),
  relurl: ({ env }, path) => env.address(String(path ?? '')),
  absurl: ({ env }, path) => new URL(env.address(String(path ?? '')), env.siteUrl).href,
  ...formatHelpers(),
  ...listHelpers,
  ...pictureHelpers,
});

/** JSON that may stand inside a script element: nothing in it can end the element or open a comment. */
export function scriptSafeJson(value: unknown): string {
  const escapes: Record<string, string> = {
    '<': '\\u003c',
    '>': '\\u003e',
    '&': '\\u0026',
    '\u2028': '\\u2028',
    '\u2029': '\\u2029',
  };
  return (JSON.stringify(value) ?? 'null').replace(/[<>&\u2028\u2029]/g, (char) => escapes[char] ?? char);
}
