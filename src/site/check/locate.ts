import type { CheckedPage, CheckedSite, SourceText } from './checked-site.ts';

/** Where a finding stands: a file and, where it is known, its line (from 1). */
export interface Located {
  readonly file: string;
  readonly line?: number;
}

/**
 * Where something that was found in a built page was written: in the page's own file, else in a layout, a data
 * file or the settings. Where nobody wrote it so, the page's file stands for it.
 *
 * @param needles forms in which it may have been written, the surest first
 */
export function locate(page: CheckedPage, { texts }: CheckedSite, ...needles: readonly string[]): Located {
  const own = page.source ? [page.source] : [];
  for (const sources of [own, texts])
    for (const needle of needles) {
      const found = needle.trim() === '' ? undefined : findIn(sources, needle);
      if (found) return found;
    }
  return { file: page.file };
}

function findIn(sources: readonly SourceText[], needle: string): Located | undefined {
  for (const { file, text } of sources) {
    const at = indexOfWhole(text, needle);
    if (at >= 0) return { file, line: lineOf(text, at) };
  }
  return undefined;
}

/** Where a text stands by itself, and not as a part of a longer word or address. */
function indexOfWhole(text: string, needle: string): number {
  const isPart = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}/_-]/u.test(char);
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
    const before = /^[\p{L}\p{N}/]/u.test(needle) && isPart(text[at - 1]);
    const after = /[\p{L}\p{N}/]$/u.test(needle) && isPart(text[at + needle.length]);
    if (!before && !after) return at;
  }
  return -1;
}

/** The line (from 1) of an offset. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** The place of a page's field, or of its file where the field is not written. */
export function atField({ source, file }: CheckedPage, ...path: readonly (string | number)[]): Located {
  const line = source?.fieldLine(path);
  return line === undefined ? { file } : { file, line };
}

/** An address as its author may have written it: whole, decoded, without what a layout put before it. */
export function writtenForms(href: string): string[] {
  const decoded = decode(href);
  const bare = decoded.replace(/^https?:\/\/[^/]+/, '');
  const last = bare.split(/[?#]/)[0]?.split('/').filter(Boolean).at(-1) ?? '';
  const withoutSlash = bare.replace(/\/$/, '');
  const anchor = bare.includes('#') ? bare.slice(bare.indexOf('#')) : '';
  return [...new Set([href, decoded, bare, withoutSlash, anchor, ...(last.length > 3 ? [last] : [])])].filter(
    (form) => form.length > 1,
  );
}

function decode(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}
