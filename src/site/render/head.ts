import { absolute } from '../collect/summary.ts';
import type { SharedPicture } from '../pictures/shared-picture.ts';
import { escapeHtml } from './escape.ts';
import { scriptSafeJson } from './helpers.ts';
import type { Head, Translation } from './layout-context.ts';

export interface HeadInput {
  readonly siteName: string;
  readonly siteUrl: string;
  readonly lang: string;
  readonly kind: string;
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly image: SharedPicture | undefined;
  /** Whole addresses of the neighbouring parts of a list, or empty texts. */
  readonly previous: string;
  readonly next: string;
  readonly isDraft: boolean;
  readonly published: string;
  readonly modified: string;
  readonly translations: readonly Translation[];
  readonly mainLang: string;
  readonly feed: string;
  readonly jsonLd: readonly object[];
}

/** Works out a page's head. */
export function makeHead(input: HeadInput): Head {
  const { siteName, siteUrl, lang, kind, title, description, translations } = input;
  const isHidden = kind === 'notFound' || input.isDraft;
  const alternates =
    translations.length > 1 ? translations.map((one) => ({ lang: one.lang, url: one.permalink })) : [];
  const head = {
    title: fullTitle(title, siteName),
    description,
    canonical: absolute(siteUrl, input.url),
    robots: isHidden ? 'noindex' : 'index,follow',
    image: input.image ? new URL(input.image.src, siteUrl).href : '',
    alternates,
    feed: input.feed,
    jsonLd: isHidden ? [] : input.jsonLd.map(scriptSafeJson),
  };
  const meta = (name: string, content: string, attribute = 'name') =>
    content ? [`<meta ${attribute}="${name}" content="${escapeHtml(content)}">`] : [];
  const property = (name: string, content: string) => meta(name, content, 'property');
  const link = (rel: string, href: string, more = '') =>
    `<link rel="${rel}" href="${escapeHtml(href)}"${more}>`;
  const main = alternates.find((one) => one.lang === input.mainLang);
  const lines = [
    `<title>${escapeHtml(head.title)}</title>`,
    ...meta('description', description),
    ...(isHidden ? meta('robots', 'noindex') : [link('canonical', head.canonical)]),
    ...(input.previous ? [link('prev', input.previous)] : []),
    ...(input.next ? [link('next', input.next)] : []),
    ...alternates.map((one) => link('alternate', one.url, ` hreflang="${one.lang}"`)),
    ...(main ? [link('alternate', main.url, ' hreflang="x-default"')] : []),
    ...(input.feed
      ? [link('alternate', input.feed, ` type="application/atom+xml" title="${escapeHtml(siteName)}"`)]
      : []),
    ...property('og:type', input.published ? 'article' : 'website'),
    ...property('og:title', title),
    ...property('og:description', description),
    ...property('og:url', head.canonical),
    ...property('og:site_name', siteName),
    ...property('og:locale', lang.replace('-', '_')),
    ...property('og:image', head.image),
    ...property('og:image:width', String(input.image?.width ?? '')),
    ...property('og:image:height', String(input.image?.height ?? '')),
    ...property('article:published_time', input.published),
    ...property('article:modified_time', input.published && input.modified),
    ...meta('twitter:card', head.image ? 'summary_large_image' : 'summary'),
    ...head.jsonLd.map((json) => `<script type="application/ld+json">${json}</script>`),
  ];
  return { ...head, html: lines.join('\n') };
}

const fullTitle = (title: string, siteName: string) =>
  title === '' || title.includes(siteName) ? title || siteName : `${title} – ${siteName}`;
