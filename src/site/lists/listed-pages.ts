import { compareListed, type SiteModel } from '../collect/site-model.ts';
import { type KindRule, kindOf } from '../page/kind.ts';
import type { Page } from '../page/page.ts';
import type { ListRule, ListSort } from './list-rule.ts';
import { tagKey, tagsOf } from './tags.ts';

/** The pages that a list shows, all of them, in its order: those of the listing page's language. */
export function listedPages(
  page: Page,
  { of, sort }: ListRule,
  { model, kinds }: { readonly model: SiteModel; readonly kinds: Readonly<Record<string, KindRule>> },
): Page[] {
  const isWanted = (one: Page): boolean => {
    if (one.kind !== 'page' || one.id === page.id) return false;
    if (of.by === 'section') return one.folder === of.name || one.folder.startsWith(`${of.name}/`);
    if (of.by === 'collection') return kindOf(one, kinds)?.name === of.name;
    return of.by === 'tag' && tagsOf(one).some((tag) => tagKey(tag) === tagKey(of.name));
  };
  const found = of.by === 'children' ? model.children(page) : model.ofLanguage(page.lang).filter(isWanted);
  return [...found].sort(orders[sort]);
}

const time = ({ date }: Page) => date?.epochMilliseconds ?? 0;

const orders: Readonly<Record<ListSort, (a: Page, b: Page) => number>> = {
  listed: compareListed,
  newest: (a, b) => time(b) - time(a) || compareListed(a, b),
  oldest: (a, b) => time(a) - time(b) || compareListed(a, b),
  title: (a, b) => a.title.localeCompare(b.title, a.lang) || compareListed(a, b),
};
