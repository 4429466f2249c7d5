import type { SiteConfig } from '../../workspace/schema.ts';
import type { Page } from '../page/page.ts';
import { parsePagePath } from '../page/parse-path.ts';
import { humanise } from '../page/read-page.ts';
import { readFrontMatter } from '../source/front-matter.ts';
import type { TextSource } from '../source/sources.ts';

/**
 * A page that another generator makes: its fields and text, and the name that a person finds it by. What the
 * fields mean is the generator's matter, so nothing in them is refused; the address is a guess from the path.
 *
 * @throws FRONT_MATTER_REFUSED, FRONT_MATTER_OPEN, YAML_BROKEN, PAGE_INVALID
 */
export function readForeignPage(source: TextSource, { locales }: Pick<SiteConfig, 'locales'>): Page {
  const path = source.path.replace(/\.(md|markdown|mdx)$/i, '.md');
  const { folder, name, lang, stem } = parsePagePath(path, locales);
  const front = readFrontMatter(source.text, source.file);
  const bare = stem.replace(/(^|\/)_?index$/, '');
  const address = textOf(front.data.permalink) ?? textOf(front.data.url) ?? `/${bare}/`.replace('//', '/');
  return {
    id: source.path,
    file: source.file,
    path: source.path,
    folder,
    lang,
    kind: bare === '' ? 'home' : name === '_index' ? 'section' : 'page',
    translationKey: stem,
    url: address,
    parentFolder: bare === '' ? undefined : folder,
    section: folder.split('/')[0] ?? '',
    title: textOf(front.data.title) ?? firstHeading(front.body) ?? humanise(lastName(bare) || 'home'),
    data: front.data,
    content: front,
    bodyLine: front.bodyLine,
    sha256: source.sha256,
    source: front,
    aliases: [],
    date: undefined,
    lastmod: undefined,
    publishDate: undefined,
    expiryDate: undefined,
    draft: front.data.draft === true,
    weight: 0,
  };
}

const textOf = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value : undefined);
const firstHeading = (body: string) => /^#[ \t]+(\S.*?)[ \t#]*$/m.exec(body)?.[1];
const lastName = (path: string) => path.slice(path.lastIndexOf('/') + 1);
