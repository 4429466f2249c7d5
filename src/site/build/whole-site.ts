import { collectSite, type Site, type SiteInput } from '../collect/collect.ts';
import { arrange } from '../collect/site-model.ts';
import { notFoundPage } from '../collect/synthetic.ts';
import { withLists } from '../lists/with-lists.ts';
import { words } from '../render/site-facts.ts';

/**
 * Reads and arranges a site, with what it has beside its own pages: one for each tag, more where a list goes on,
 * and an answer to unknown addresses in its own look, also where the content has no 404.md.
 *
 * @throws what `collectSite` throws, PAGE_INVALID for a list
 */
export function wholeSite(input: SiteInput): Site {
  const site = collectSite(input);
  return withNotFound(
    withLists(site, (lang, tag) => phrase(site, lang, 'tagDescription').replace('{tag}', tag)),
  );
}

function withNotFound(site: Site): Site {
  const { locales } = site.client.config;
  const lang = locales[0] ?? 'en';
  if (site.model.pages.some(({ kind, url }) => kind === 'notFound' && url === '/404.html')) return site;
  if (site.files.isStatic('404.html')) return site;
  const title = phrase(site, lang, 'notFoundTitle') || '404';
  const page = notFoundPage(lang, title, phrase(site, lang, 'notFoundText'), site.siteFile);
  return { ...site, model: arrange([...site.model.pages, page], locales) };
}

/** A word of the theme; empty where it has none. */
function phrase({ sources }: Site, lang: string, name: string): string {
  const found = words(sources, lang)[name];
  return typeof found === 'string' ? found : '';
}
