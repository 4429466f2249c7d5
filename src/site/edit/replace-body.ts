import { fail } from '../../core/errors/index.ts';
import { readFrontMatter } from '../source/front-matter.ts';
import { eolOf } from './set-field.ts';

/**
 * Puts a new text below a page's fields. The fields stay byte for byte, with the empty lines that follow them;
 * line ends become the page's own.
 *
 * @param source what errors call the place that the new text came from
 * @throws PAGE_INVALID for a new text that brings fields of its own
 */
export function replaceBody(text: string, file: string, body: string, source: string): string {
  const written = body.replace(/^\uFEFF/, '');
  if (/^---[ \t]*\r?\n/.test(written))
    throw fail('PAGE_INVALID', {
      file: source,
      line: 1,
      problem:
        'the text begins with --- as if it brought fields of its own; only the text below the fields is replaced',
      fits: 'Take the fields out of it, and set them with --set.',
    });
  const { bodyStart, body: old } = readFrontMatter(text, file);
  const eol = eolOf(text);
  const [gap = ''] = /^(\r?\n)*/.exec(old) ?? [];
  const lines = written
    .replace(/^(\r?\n)+/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/\n*$/, '\n')
    .replaceAll('\n', eol);
  return (
    text.slice(0, bodyStart) +
    (gap || (bodyStart > 0 && old === '' ? eol : '')) +
    (lines === eol ? '' : lines)
  );
}
