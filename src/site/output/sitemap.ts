import type { Site } from '../collect/collect.ts';
import { absolute } from '../collect/summary.ts';
import { isoMoment } from '../page/moment.ts';
import { escapeHtml } from '../render/escape.ts';

/** `sitemap.xml` with the languages of each page (sitemaps.org 0.9, Google's xhtml alternates). */
export function sitemap({ model, client }: Site): string {
  const { url, locales } = client.config;
  const entries = model.pages
    .filter((page) => page.kind !== 'notFound' && !page.draft)
    .map((page) => {
      const translations = model.translations(page);
      const alternates =
        translations.length < 2
          ? []
          : translations.map(
              (other) =>
                `<xhtml:link rel="alternate" hreflang="${other.lang}" href="${escapeHtml(absolute(url, other.url))}"/>`,
            );
      const changed = page.lastmod ?? page.date;
      return [
        '<url>',
        `<loc>${escapeHtml(absolute(url, page.url))}</loc>`,
        ...(changed ? [`<lastmod>${isoMoment(changed)}</lastmod>`] : []),
        ...alternates,
        '</url>',
      ].join('');
    });
  const xhtml = locales.length > 1 ? ' xmlns:xhtml="http://www.w3.org/1999/xhtml"' : '';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"${xhtml}>\n${entries.join('\n')}\n</urlset>\n`;
}
