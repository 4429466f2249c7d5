import type { Site } from '../collect/collect.ts';
import { absolute } from '../collect/summary.ts';
import { isoMoment } from '../page/moment.ts';
import type { Page } from '../page/page.ts';
import { escapeHtml } from '../render/escape.ts';

/** `sitemap.xml` with the languages of each page (sitemaps.org 0.9, Google's xhtml alternates). */
export function sitemap({ model, client }: Site): string {
  const { url, locales } = client.config;
  const isInLanguages = locales.length > 1;
  const alternates = (page: Page): string => {
    const translations = model.translations(page);
    if (translations.length < 2) return '';
    return translations
      .map((other) => [other.lang, escapeHtml(absolute(url, other.url))])
      .map(([lang, href]) => `<xhtml:link rel="alternate" hreflang="${lang}" href="${href}"/>`)
      .join('');
  };
  const entries = model.pages
    .filter((page) => page.kind !== 'notFound' && !page.draft)
    .map((page) => {
      const changed = page.lastmod ?? page.date;
      const loc = `<loc>${escapeHtml(absolute(url, page.url))}</loc>`;
      const lastmod = changed ? `<lastmod>${isoMoment(changed)}</lastmod>` : '';
      return `<url>${loc}${lastmod}${isInLanguages ? alternates(page) : ''}</url>`;
    });
  const xhtml = isInLanguages ? ' xmlns:xhtml="http://www.w3.org/1999/xhtml"' : '';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"${xhtml}>\n${entries.join('\n')}\n</urlset>\n`;
}
