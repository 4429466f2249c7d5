import type { Site } from '../collect/collect.ts';
import { arrange } from '../collect/site-model.ts';
import type { Page } from '../page/page.ts';
import { type ListRule, listRule } from './list-rule.ts';
import { listedPages } from './listed-pages.ts';
import { inParts, type Pager } from './pager.ts';
import { TAG_PAGE_SIZE, tagPages } from './tag-pages.ts';

/**
 * A site with a page for each tag, and with further pages where a list has more than fits on one.
 *
 * @param describe a sentence about a tag's page, in its language
 * @throws PAGE_INVALID for a list that cannot be understood
 */
export function withLists(site: Site, describe: (lang: string, tag: string) => string): Site {
  const { locales, kinds } = site.client.config;
  const ofTags = tagPages(site, describe);
  const model = ofTags.length === 0 ? site.model : arrange([...site.model.pages, ...ofTags], locales);
  const known = {
    sections: () => [...new Set(site.all.flatMap(({ folder }) => foldersOf(folder)))],
    collections: () => Object.keys(kinds),
  };
  const pagers = new Map<string, Pager>();
  const further: Page[] = [];
  for (const page of model.pages) {
    const rule = page.kind === 'tag' ? ofTag(page) : listRule(page, known);
    if (!rule) continue;
    for (const part of inParts(page, listedPages(page, rule, { model, kinds }), rule.size)) {
      pagers.set(part.page.id, part.pager);
      if (part.page !== page) further.push(part.page);
    }
  }
  if (pagers.size === 0) return site;
  return {
    ...site,
    pagers,
    model: further.length === 0 ? model : arrange([...model.pages, ...further], locales),
  };
}

const ofTag = ({ title }: Page): ListRule => ({
  of: { by: 'tag', name: title },
  size: TAG_PAGE_SIZE,
  sort: 'newest',
});

/** `news/2026` lies in `news` too. */
const foldersOf = (folder: string): string[] =>
  folder.split('/').map((_, n, parts) => parts.slice(0, n + 1).join('/'));
