import type { Site } from '../collect/collect.ts';
import { compareText } from '../collect/site-model.ts';
import { tagPage } from '../collect/synthetic.ts';
import type { Page } from '../page/page.ts';
import { tagKey, tagsOf } from './tags.ts';

/** Entries on one part of a tag's page. */
export const TAG_PAGE_SIZE = 20;

/**
 * A page for each tag that a language's pages have, where the theme has a layout for them. A page of the
 * client's own at that address goes before it.
 */
export function tagPages(
  { model, sources, client, siteFile }: Site,
  describe: (lang: string, tag: string) => string,
): Page[] {
  if (!sources.layouts.some(({ path }) => /^tag\.(hbs|handlebars)$/.test(path))) return [];
  const { locales } = client.config;
  const taken = new Set(model.pages.map(({ url }) => url));
  return locales.flatMap((lang) => {
    const tags = new Map<string, string>();
    for (const page of model.ofLanguage(lang))
      if (page.kind === 'page')
        for (const tag of tagsOf(page)) {
          const known = tags.get(tagKey(tag));
          // The same spelling whatever the order of the pages.
          if (known === undefined || compareText(tag, known) < 0) tags.set(tagKey(tag), tag);
        }
    return [...tags]
      .map(([key, tag]) => tagPage({ key, tag, lang, description: describe(lang, tag) }, locales, siteFile))
      .filter(({ url }) => !taken.has(url));
  });
}
