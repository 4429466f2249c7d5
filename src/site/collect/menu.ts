import { fail } from '../../core/errors/index.ts';
import { nearNames } from '../../core/near.ts';
import type { Page } from '../page/page.ts';
import { isObject, plainObject } from '../source/plain.ts';
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
    const lists = model.pages.filter(({ path, kind, part }) => path === '' && kind === 'section' && !part);
    const pages = [...all, ...lists];
    return rules.flatMap(({ page: name, label }, n) => {
      const named = pages.filter((page) => isNamed(page, name));
      if (named.length === 0) {
        const near = nearNames(name, pages.map(shortName));
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
      return [own === undefined ? toEntry(page, MAIN) : { label: own, url: page.url }];
    });
  }
  const chosen = entriesOf(MAIN, lang, model);
  if (chosen.length > 0) return chosen;
  const home = model.home(lang);
  return (home ? model.children(home) : [])
    .filter((page) => page.data.menu !== false)
    .map((page) => toEntry(page, MAIN));
}

/** A page's path below content/ as a person would write it: `contact` for `contact/_index.md`. */
export const shortName = ({ path, kind, folder }: Page) =>
  // A folder has a list of its pages also where no file stands for it.
  path === '' && kind === 'section'
    ? folder
    : path.replace(/(\.[a-z]{2,3}(-[a-z]{2})?)?\.md$/i, '').replace(/(^|\/)_?index$/, '') || 'home';

function isNamed(page: Page, name: string): boolean {
  const bare = name.replace(/^\/+|\/+$/g, '').replace(/\.md$/, '');
  if (name === '/' || bare === 'home') return page.kind === 'home';
  const path = page.path.replace(/\.md$/, '');
  return path === bare || shortName(page) === bare || shortName(page) === bare.replace(/(^|\/)_?index$/, '');
}

const toEntry = (page: Page, menu: string): MenuEntry => ({
  label: namedEntry(page, menu)?.name ?? menuLabel(page),
  url: page.url,
});
const menuLabel = ({ data, title }: Page) => (typeof data.linkTitle === 'string' ? data.linkTitle : title);

/** Further menus, such as `footer`: the pages whose fields name them. */
export function furtherMenus(lang: string, model: SiteModel): Record<string, MenuEntry[]> {
  const names = new Set(model.ofLanguage(lang).flatMap(menuNames));
  names.delete(MAIN);
  return plainObject([...names].sort().map((name) => [name, entriesOf(name, lang, model)] as const));
}

const MAIN = 'main';

function entriesOf(name: string, lang: string, model: SiteModel): MenuEntry[] {
  const weight = (page: Page) => namedEntry(page, name)?.weight ?? (page.weight || Number.MAX_SAFE_INTEGER);
  return model
    .ofLanguage(lang)
    .filter((page) => namedEntry(page, name) !== undefined)
    .sort((a, b) => weight(a) - weight(b) || a.title.localeCompare(b.title, lang))
    .map((page) => toEntry(page, name));
}

function menuNames({ data: { menu } }: Page): string[] {
  if (typeof menu === 'string') return [menu];
  if (Array.isArray(menu)) return menu.map(String);
  return isObject(menu) ? Object.keys(menu) : [];
}

/** The forms that Hugo knows: `menu: main`, `menu: [main]`, `menu: {main: {weight: 10, name: Shop}}`. */
function namedEntry(page: Page, name: string): { weight?: number; name?: string } | undefined {
  const { menu } = page.data;
  if (name === MAIN && menu === true) return {};
  if (!menuNames(page).includes(name)) return undefined;
  const entry = isObject(menu) && isObject(menu[name]) ? menu[name] : {};
  return {
    ...(typeof entry.weight === 'number' ? { weight: entry.weight } : {}),
    ...(typeof entry.name === 'string' ? { name: entry.name } : {}),
  };
}
