import { slugify } from '../../core/slug.ts';
import { slugPart } from '../page/address.ts';
import type { Page, PageKind } from '../page/page.ts';
import { humanise, languageRoot, type SiteSettings } from '../page/read-page.ts';
import type { SitePromotion } from '../promotion.ts';
import { plainObject } from '../source/plain.ts';

interface Made {
  readonly id: string;
  readonly file: string;
  readonly lang: string;
  readonly kind: PageKind;
  readonly key: string;
  readonly url: string;
  readonly title: string;
  readonly folder?: string;
  readonly section?: string;
  readonly parentFolder?: string;
  readonly data?: Record<string, string>;
  readonly body?: string;
}

/** A list page for each first folder that holds pages and has no `_index.md` of its own. */
export function missingSections(pages: readonly Page[], { locales }: SiteSettings): Page[] {
  const have = new Set(pages.filter((p) => p.kind === 'section').map((p) => `${p.lang}:${p.folder}`));
  const wanted = new Map<string, Page>();
  for (const page of pages) {
    const key = `${page.lang}:${page.section}`;
    if (page.kind !== 'page' || page.section === '' || page.parentFolder === '') continue;
    if (have.has(key) || wanted.has(key)) continue;
    wanted.set(
      key,
      make({
        id: `section:${page.section}.${page.lang}`,
        file: page.file.slice(0, page.file.lastIndexOf(page.path)) + page.section,
        lang: page.lang,
        kind: 'section',
        key: `${page.section}/_index`,
        url: `${languageRoot(page.lang, locales)}${slugify(page.section)}/`,
        title: humanise(page.section),
        folder: page.section,
        section: page.section,
        parentFolder: '',
      }),
    );
  }
  return [...wanted.values()];
}

/** A home page for each language that has pages but no `_index.md`, so that its address is never empty. */
export function missingHomes(
  pages: readonly Page[],
  { locales }: SiteSettings,
  siteName: string,
  file: string,
): Page[] {
  return locales
    .filter((lang) => lang === locales[0] || pages.some((page) => page.lang === lang))
    .filter((lang) => !pages.some((page) => page.kind === 'home' && page.lang === lang))
    .map((lang) =>
      make({
        id: `home:${lang}`,
        file,
        lang,
        kind: 'home',
        key: '_index',
        url: languageRoot(lang, locales),
        title: siteName,
      }),
    );
}

/** The page that a web server shows for an address that does not exist. */
export function notFoundPage(lang: string, title: string, body: string, file: string): Page {
  return make({ id: 'notFound', file, lang, kind: 'notFound', key: '404', url: '/404.html', title, body });
}

/** The page of a tag: it lists what has it. @param key its last part of the address */
export function tagPage(
  { key, tag, lang, description }: Readonly<Record<'key' | 'tag' | 'lang' | 'description', string>>,
  locales: readonly string[],
  file: string,
): Page {
  return make({
    id: `tag:${key}.${lang}`,
    file,
    lang,
    kind: 'tag',
    key: `tag:${key}`,
    url: `${languageRoot(lang, locales)}tags/${key}/`,
    title: tag,
    parentFolder: '',
    data: { description },
  });
}

/** The page of an active campaign. @throws ADDRESS_UNSAFE */
export function campaignPage(promotion: SitePromotion, { locales }: SiteSettings, file: string): Page {
  const { campaign, language, slug, title, description, body } = promotion;
  return make({
    id: `campaign:${campaign}.${language}`,
    file,
    lang: language,
    kind: 'campaign',
    key: `campaign:${campaign}`,
    url: `${languageRoot(language, locales)}${slugPart(slug, () => ({ file, field: 'slug' }))}/`,
    title,
    folder: `campaigns/${campaign}`,
    parentFolder: '',
    data: { description },
    body,
  });
}

function make({
  id,
  file,
  lang,
  kind,
  key,
  url,
  title,
  folder = '',
  section = '',
  parentFolder,
  data = {},
  body = '',
}: Made): Page {
  return {
    id,
    file,
    path: '',
    folder,
    lang,
    kind,
    translationKey: key,
    url,
    parentFolder,
    section,
    title,
    data: plainObject(Object.entries(data)),
    sha256: undefined,
    content: { body },
    bodyLine: 1,
    source: undefined,
    aliases: [],
    date: undefined,
    lastmod: undefined,
    publishDate: undefined,
    expiryDate: undefined,
    draft: false,
    weight: 0,
  };
}
