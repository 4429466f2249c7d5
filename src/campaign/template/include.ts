import { fail } from '../../core/errors/index.ts';
import type { TemplateFile } from './template.ts';

const include = /<mj-include\b((?:"[^"]*"|'[^']*'|[^"'>])*?)(?:\/>|>\s*<\/mj-include>)/g;
const anyInclude = /<mj-include\b/g;

/**
 * MJML's own includes as parts, so that they are filled and their lines known like any other. A path is read from
 * the file that names it, and nothing outside the folder of templates can be named.
 *
 * @param folder of the file, below the folder of templates; empty for that folder itself
 * @param has whether a file is there, by its path below that folder
 * @throws TEMPLATE_BROKEN
 */
export function replaceIncludes(
  { file, source }: TemplateFile,
  folder: string,
  has: (path: string) => boolean,
): string {
  const refuse = (index: number, problem: string) =>
    fail('TEMPLATE_BROKEN', { file, line: source.slice(0, index).split('\n').length, problem });
  const replaced = source.replace(include, (tag: string, attributes: string, index: number) => {
    const written = attributeOf(attributes, 'path');
    if (!written) throw refuse(index, 'mj-include needs a path="…"');
    const path = resolve(folder, /\.[a-z]+$/i.test(written) ? written : `${written}.mjml`);
    if (path === undefined)
      throw refuse(index, `mj-include "${written}" leads out of the folder of templates`);
    if (!has(path)) throw refuse(index, `mj-include "${written}" names a file that is not there`);
    const lines = '\n'.repeat(tag.split('\n').length - 1);
    return `${wrapped(`{{> "${path}"}}`, path, attributes)}${lines}`;
  });
  const left = replaced.search(anyInclude);
  if (left >= 0)
    throw refuse(source.search(anyInclude), 'mj-include is not closed: write <mj-include path="…" />');
  return replaced;
}

/** A part that is a whole document gives its body; a head of its own would be a second one. @throws TEMPLATE_BROKEN */
export function bodyOf({ file, source }: TemplateFile): string {
  if (!/<mjml\b/.test(source)) return source;
  const head = source.search(/<mj-head\b/);
  if (head >= 0)
    throw fail('TEMPLATE_BROKEN', {
      file,
      line: source.slice(0, head).split('\n').length,
      problem:
        'a file that is put into another cannot have a head; write what is in it into the head of the other',
    });
  return source.replace(/<\/?(?:mjml|mj-body)\b[^>]*>/g, (tag) => tag.replace(/[^\n]/g, ''));
}

/** As MJML does: a stylesheet becomes a style, HTML is taken as it is. */
function wrapped(call: string, path: string, attributes: string): string {
  const type = attributeOf(attributes, 'type') ?? path.split('.').at(-1);
  const inline = attributeOf(attributes, 'css-inline') === 'inline' ? ' inline="inline"' : '';
  if (type === 'css') return `<mj-style${inline}>${call}</mj-style>`;
  return type === 'html' ? `<mj-raw>${call}</mj-raw>` : call;
}

const attributeOf = (attributes: string, name: string): string | undefined =>
  new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
    .exec(attributes)
    ?.slice(1)
    .find((value) => value !== undefined);

/** The path below the folder of templates; undefined where it leads out of it. */
function resolve(folder: string, path: string): string | undefined {
  if (/^[/\\]|^[a-z][a-z0-9+.-]*:|[\\\p{Cc}]/iu.test(path)) return undefined;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}
