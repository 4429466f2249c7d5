import { collectSite, type Site, type SiteInput } from '../collect/collect.ts';
import { arrange } from '../collect/site-model.ts';
import { notFoundPage } from '../collect/synthetic.ts';
import { words } from '../render/site-facts.ts';

/**
 * Reads and arranges a site. Every one answers an unknown address in its own look, also one whose content has
 * no 404.md.
 *
 * @throws what `collectSite` throws
 */
export function wholeSite(input: SiteInput): Site {
  const site = collectSite(input);
  const { config } = site.client;
  const lang = config.locales[0] ?? 'en';
  if (site.model.pages.some(({ kind, url }) => kind === 'notFound' && url === '/404.html')) return site;
  if (site.files.isStatic('404.html')) return site;
  const page = notFoundPage(lang, ...notFoundWords(site, lang), site.siteFile);
  return { ...site, model: arrange([...site.model.pages, page], config.locales) };
}

function notFoundWords(site: Site, lang: string): [title: string, body: string] {
  const { notFoundTitle, notFoundText } = words(site.sources, lang);
  return [
    typeof notFoundTitle === 'string' ? notFoundTitle : '404',
    typeof notFoundText === 'string' ? notFoundText : '',
  ];
}
