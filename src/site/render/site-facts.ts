import { lazy } from '../../core/lazy.ts';
import { promotionAddress, type Site } from '../collect/collect.ts';
import { furtherMenus, menuOf } from '../collect/menu.ts';
import { compareListed } from '../collect/site-model.ts';
import { absolute, type PageSummary, summarise } from '../collect/summary.ts';
import { tagUrl } from '../lists/tag-url.ts';
import { tagsOf } from '../lists/tags.ts';
import { decode, encodeAddress, follow } from '../page/address.ts';
import type { Page } from '../page/page.ts';
import { parsePagePath } from '../page/parse-path.ts';
import { languageRoot } from '../page/read-page.ts';
import { sharedPicture } from '../pictures/shared-picture.ts';
import { dataOf } from '../source/data.ts';
import { plainObject, toPlain } from '../source/plain.ts';
import type { SiteSources } from '../source/sources.ts';
import { createFacts, type FactName, type WholeFacts } from './facts.ts';
import { languageName } from './language-name.ts';
import { paginatorContext } from './paginator-context.ts';
import { templateName } from './template-name.ts';

/** What one page may see of the whole site, each thing under its name. */
export function siteFacts(site: Site): WholeFacts {
  const { client, model, files, sources } = site;
  const { config, timezone } = client;
  const facts = createFacts();
  const summaries = new Map<Page, PageSummary>();
  const summary = (page: Page): PageSummary => {
    let known = summaries.get(page);
    if (!known) {
      known = summarise(page, config.url, (owner, path) => fileAddress(site, owner, path));
      summaries.set(page, known);
    }
    return known;
  };
  const listed = (lang: string, isWanted: (page: Page) => boolean) =>
    model.ofLanguage(lang).filter(isWanted).sort(compareListed).map(summary);
  const bare = <T extends object>(object: T): T => Object.assign(plainObject([]), object) as T;
  const byId = (id: string) => model.byId.get(id);
  const dataByLanguage = new Map<string, Record<string, unknown>>();
  const data = (lang: string) => {
    const known = dataByLanguage.get(lang) ?? dataOf(sources.data, lang, config.locales);
    dataByLanguage.set(lang, known);
    return known;
  };

  facts.define('config', () =>
    bare({
      name: config.name,
      url: config.url,
      locales: config.locales,
      facts: toPlain(config.facts, refuseName),
      ...(config.sender ? { sender: senderOf(config.sender) } : {}),
      timezone,
      html: config.markdown.html,
    }),
  );
  facts.define('year', () => site.now.toZonedDateTimeISO(timezone).year);
  facts.define('template', templateDigests(sources));
  facts.define('partialNames', () => sources.partials.map(({ path }) => templateName(path)));
  facts.define('assets', () => plainObject([...files.assets].sort()));
  facts.define('picture', (address) => files.picture(address)?.set ?? files.dimensions(address));
  facts.define('share', (address) => sharedPicture(files, address));
  facts.define('dataNames', (lang) => Object.keys(data(lang)).sort());
  facts.define('data', (key) => {
    const slash = key.indexOf('/');
    return data(key.slice(0, slash))[key.slice(slash + 1)];
  });
  facts.define('i18n', (lang) => words(sources, lang));
  facts.define('home', (lang) => model.home(lang)?.url ?? languageRoot(lang, config.locales));
  facts.define('menu', (lang) =>
    menuOf(lang, model, { rules: config.menu, all: site.all, siteFile: site.siteFile }).map(bare),
  );
  facts.define('menus', (lang) => {
    const menus = Object.entries(furtherMenus(lang, model));
    return plainObject(menus.map(([name, entries]) => [name, entries.map(bare)] as const));
  });
  facts.define('pages', (lang) => listed(lang, ({ kind }) => kind !== 'notFound' && kind !== 'tag'));
  facts.define('sections', (lang) => listed(lang, ({ kind }) => kind === 'section'));
  facts.define('page', (id) => maybe(byId(id), summary));
  // Of their relatives, pages are told the ids: what each looks like is a fact of its own.
  facts.define('parent', (id) => maybe(byId(id), (page) => model.parent(page)?.id));
  facts.define('children', (id) => maybe(byId(id), (page) => model.children(page).map((child) => child.id)));
  facts.define('previous', (id) => maybe(byId(id), (page) => model.neighbours(page).previous?.id));
  facts.define('next', (id) => maybe(byId(id), (page) => model.neighbours(page).next?.id));
  facts.define('paginator', (id) => maybe(site.pagers.get(id), (pager) => paginatorContext(pager, summary)));
  facts.define('tagPages', (id) =>
    maybe(byId(id), (page) => tagsOf(page).map((tag) => bare({ label: tag, url: tagUrl(site, page, tag) }))),
  );
  const languageNames = new Map<string, string>();
  // Node's words for languages are read when a layout asks: that takes as long as a dozen pages.
  const nameOf = (lang: string): string => {
    const name = languageNames.get(lang) ?? languageName(lang);
    languageNames.set(lang, name);
    return name;
  };
  facts.define('translations', (id) =>
    maybe(byId(id), (page) =>
      model.translations(page).map((other) =>
        bare({
          lang: other.lang,
          name: nameOf(other.lang),
          url: other.url,
          permalink: absolute(config.url, other.url),
          current: other === page,
        }),
      ),
    ),
  );
  facts.define('banner', (lang) => {
    const promotion = site.active.find(({ language, banner }) => language === lang && banner);
    if (!promotion) return false;
    return bare({
      text: promotion.banner,
      url: promotionAddress(site, promotion),
      campaign: promotion.campaign,
    });
  });
  facts.define('promotions', (lang) =>
    [...site.promotionOf]
      .filter(([, { language }]) => language === lang)
      .map(([id]) => summary(byId(id) as Page)),
  );
  facts.define('feed', (lang) => model.ofLanguage(lang).some(isDated));
  const links = lazy(() => linkTargets(site));
  facts.define('link', (key) => links()(key));
  facts.define('file', (key) => {
    const { id, path } = readFileKey(key);
    return maybe(byId(id), (page) => fileAddress(site, page, path));
  });
  return facts;
}

/** Pages that make news: they have a date and are no list. */
export const isDated = (page: Page) => page.date !== undefined && page.kind === 'page';

/** Names the fact of where a file is that a page names. */
export const fileFact = ({ id }: Page, path: string): FactName => `file:${id.length}:${id}${path}`;

function readFileKey(key: string): { id: string; path: string } {
  const [length = ''] = key.split(':', 1);
  const start = length.length + 1;
  const end = start + Number(length);
  return { id: key.slice(start, end), path: key.slice(end) };
}

/**
 * The address of a file that a page names: beside the page, among the static files, or as it is written.
 */
function fileAddress({ files }: Site, page: Page, written: string): string {
  const encoded = written.trim();
  const path = decode(encoded);
  if (/^([a-z][a-z0-9+.-]*:|\/\/|#)/i.test(path)) return encoded;
  if (path.startsWith('/')) return encodeAddress(path);
  const beside = page.path === '' ? undefined : files.beside(page.folder, path);
  if (beside !== undefined) return encodeAddress(beside);
  const ofCampaign = page.kind === 'campaign' ? follow(page.folder, path) : undefined;
  if (ofCampaign !== undefined && files.isStatic(ofCampaign)) return encodeAddress(`/${ofCampaign}`);
  const fromRoot = follow('', path);
  if (fromRoot !== undefined && files.isStatic(fromRoot)) return encodeAddress(`/${fromRoot}`);
  return encoded;
}

function templateDigests({ layouts, partials }: SiteSources) {
  const digests = new Map<string, string>();
  for (const { path, sha256 } of layouts) digests.set(`layouts/${templateName(path)}`, sha256);
  for (const { path, sha256 } of partials) digests.set(`partials/${templateName(path)}`, sha256);
  return (name: string) => digests.get(name);
}

/** The theme's words: of the language, else of its main form (`en` for `en-GB`), else English. */
export function words({ i18n }: SiteSources, lang: string): Record<string, unknown> {
  for (const name of [lang, lang.slice(0, 2), 'en']) {
    const files = i18n.filter(({ path }) => /^(.+)\.(ya?ml|json)$/.exec(path)?.[1] === name);
    if (files.length > 0) return dataOf(files, '', [])[name] as Record<string, unknown>;
  }
  return plainObject<unknown>([]);
}

/** `<lang>/<path of a .md file>` → the page's address, in the reader's language where it is translated. */
function linkTargets({ model, client }: Site) {
  const byPath = new Map(
    model.pages.filter(({ path, part }) => path !== '' && !part).map((page) => [page.path, page]),
  );
  const byStem = new Map<string, Page>();
  for (const page of byPath.values())
    byStem.set(`${page.lang}/${parsePagePath(page.path, client.config.locales).stem}`, page);
  return (key: string): string | undefined => {
    const slash = key.indexOf('/');
    const lang = key.slice(0, slash);
    const path = key.slice(slash + 1);
    const page = byPath.get(path) ?? byStem.get(`${lang}/${path.replace(/\.md$/, '')}`);
    if (!page) return undefined;
    return (model.translations(page).find((other) => other.lang === lang) ?? page).url;
  };
}

const senderOf = ({ name, email, address }: NonNullable<Site['client']['config']['sender']>) => ({
  name,
  email,
  address,
});

/** Settings were read by a schema that knows no such name. */
const refuseName = (): never => {
  throw new TypeError('A forbidden name came through the settings.');
};

const maybe = <T, R>(value: T | undefined, map: (value: T) => R): R | undefined =>
  value === undefined ? undefined : map(value);
