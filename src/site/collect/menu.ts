import { fail } from '../../core/errors/index.ts';
import { nearNames } from '../../core/near.ts';
import type { Page } from '../page/page.ts';
import { isObject } from '../source/plain.ts';
import type { SiteModel } from './site-model.ts';

/** One entry of a menu. */
export interface MenuEntry {
  readonly label: string;
  readonly url: string;
}

export interface MenuRule {
  readonly page: string;
  readonly label?: string | Readonly<Record<string, string>> | undefined;
}

/**
 * The menu of one language: the client's own list, else the pages that name the menu `main` in their fields, else
 * the pages right below the home page.
 *
 * @param all pages of every language, also those that are not on the site now
 * @throws FIELD_INVALID for an entry that names no page at all
 */
export function menuOf(
  lang: string,
  model: SiteModel,
  {
    rules,
    all,
    siteFile,
  }: { rules: readonly MenuRule[] | undefined; all: readonly Page[]; siteFile: string },
): MenuEntry[] {
  if (rules) {
    return rules.flatMap(({ page: name, label }, n) => {
      const named = all.filter((page) => isNamed(page, name));
      if (named.length === 0) {
        const near = nearNames(name, all.map(shortName));
        throw fail('FIELD_INVALID', {
          file: siteFile,
          field: `menu[${n}].page`,
          problem: `there is no page "${name}"`,
          fits: near.length > 0 ? `Did you mean "${near[0]}"?` : 'Write the page as its path below content/.',
        });
      }
      const keys = new Set(named.map((page) => page.translationKey));
      const page = model.ofLanguage(lang).find((one) => keys.has(one.translationKey));
      if (!page) return [];
      const own = typeof label === 'string' ? label : label?.[lang];
      return [own === undefined ? toEntry(page) : { label: own, url: page.url }];
    });
  }
  const pages = model.ofLanguage(lang);
  const chosen = pages.filter((page) => mainEntry(page) !== undefined);
  const home = model.home(lang);
  if (chosen.length === 0)
    return (home ? model.children(home) : []).filter((page) => page.data.menu !== false).map(toEntry);
  const weight = (page: Page) => mainEntry(page)?.weight ?? (page.weight || Number.MAX_SAFE_INTEGER);
  return chosen.sort((a, b) => weight(a) - weight(b) || a.title.localeCompare(b.title, lang)).map(toEntry);
}

/** A page's path below content/ as a person would write it: `contact` for `contact/_index.md`. */
export const shortName = ({ path }: Page) =>
  path.replace(/(\.[a-z]{2,3}(-[a-z]{2})?)?\.md$/i, '').replace(/(^|\/)_?index$/, '') || 'home';

function isNamed(page: Page, name: string): boolean {
  const bare = name.replace(/^\/+|\/+$/g, '').replace(/\.md$/, '');
  if (name === '/' || bare === 'home') return page.kind === 'home';
  const path = page.path.replace(/\.md$/, '');
  return path === bare || shortName(page) === bare || shortName(page) === bare.replace(/(^|\/)_?index$/, '');
}

const toEntry = (page: Page): MenuEntry => ({
  label: mainEntry(page)?.name ?? menuLabel(page),
  url: page.url,
});
const menuLabel = ({ data, title }: Page) => (typeof data.linkTitle === 'string' ? data.linkTitle : title);

/** The forms that Hugo knows: `menu: main`, `menu: [main]`, `menu: {main: {weight: 10, name: Shop}}`. */
function mainEntry({ data }: Page): { weight?: number; name?: string } | undefined {
  const { menu } = data;
  if (menu === 'main' || menu === true || (Array.isArray(menu) && menu.includes('main'))) return {};
  if (!isObject(menu) || !('main' in menu)) return undefined;
  const entry = isObject(menu.main) ? menu.main : {};
  return {
    ...(typeof entry.weight === 'number' ? { weight: entry.weight } : {}),
    ...(typeof entry.name === 'string' ? { name: entry.name } : {}),
  };
}
