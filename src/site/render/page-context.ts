import type { MenuEntry } from '../collect/menu.ts';
import type { PageSummary } from '../collect/summary.ts';
import { plainObject } from '../source/plain.ts';
import { headOf } from './head-of-page.ts';
import type { LayoutContext, PromotionContext } from './layout-context.ts';
import { lazily } from './lazily.ts';
import type { Heading } from './markdown-env.ts';
import { type Config, feedAddress, type PageMaking } from './page-making.ts';
import { promotionContext } from './promotion-context.ts';
import { sectionsOf } from './sections.ts';

/** The part of the context that Markdown may use too, and that the layout gets with the content. */
export type BodyContext = Omit<LayoutContext, 'content' | 'head'>;

/** What the views of one page are made of. */
interface Making extends PageMaking {
  readonly config: Config;
  readonly own: PageSummary;
  readonly promotion: PromotionContext | false;
  toc: readonly Heading[];
}

/**
 * What a layout sees of one page. Whatever reaches beyond the page itself is read only when the layout asks, so
 * that the page depends on that and on nothing else.
 */
export function pageContext(page: PageMaking): {
  body(): BodyContext;
  complete(content: string, toc: readonly Heading[]): LayoutContext;
} {
  const { site, facts } = page;
  const promoted = site.promotionOf.get(page.page.id);
  const making: Making = {
    ...page,
    config: facts.read('config:') as Config,
    own: facts.read(`page:${page.page.id}`) as PageSummary,
    promotion: promoted ? promotionContext(promoted) : false,
    toc: [],
  };
  const { promotion } = making;
  let body: BodyContext | undefined;
  return {
    body() {
      body ??= forMarkdown(
        plainObject<unknown>([['promotion', promotion]]),
        making,
      ) as unknown as BodyContext;
      return body;
    },
    complete(content, headings) {
      making.toc = headings;
      const members = plainObject<unknown>([
        ['promotion', promotion],
        ['content', content],
      ]);
      return forLayout(members, making) as unknown as LayoutContext;
    },
  };
}

const related = ({ facts, page }: Making, name: string) => facts.read(`${name}:${page.id}`);
const summaryOf = ({ facts }: Making, id: unknown) =>
  typeof id === 'string' ? facts.read(`page:${id}`) : false;

const withRelatives = lazily<Making>({
  toc: ({ toc }) => toc,
  sections: ({ page, address }) => sectionsOf(page.data, address),
  translations: (making) => related(making, 'translations'),
  parent: (making) => summaryOf(making, related(making, 'parent')),
  children: (making) => (related(making, 'children') as readonly string[]).map((id) => summaryOf(making, id)),
  paginator: (making) => related(making, 'paginator') ?? false,
  tagPages: (making) => related(making, 'tagPages') ?? [],
  previous: (making) => summaryOf(making, related(making, 'previous')),
  next: (making) => summaryOf(making, related(making, 'next')),
  image: ({ promotion, own }) => (promotion && promotion.image ? promotion.image.src : own.image),
});

const withSurroundings = lazily<Making>({
  home: ({ facts, page }) => facts.read(`home:${page.lang}`),
  year: ({ facts }) => facts.read('year:'),
  menu: ({ facts, page }) =>
    withCurrent(
      facts.read(`menu:${page.lang}`) as MenuEntry[],
      page.url,
      facts.read(`home:${page.lang}`) as string,
    ),
  menus: ({ facts, page }) => facts.read(`menus:${page.lang}`),
  banner: ({ facts, page }) => facts.read(`banner:${page.lang}`),
  promotions: ({ facts, page }) => facts.read(`promotions:${page.lang}`),
  pages: ({ facts, page }) => facts.read(`pages:${page.lang}`),
  sections: ({ facts, page }) => facts.read(`sections:${page.lang}`),
  feed: feedAddress,
});

const views = {
  page: pageView,
  site: siteView,
  data: dataView,
  t: ({ facts, page }: Making) => facts.read(`i18n:${page.lang}`),
  assets: ({ facts }: Making) => facts.read('assets:'),
};

const forMarkdown = lazily<Making>(views);

const forLayout = lazily<Making>({
  ...views,
  head: (making) => headOf(making, making.own, making.config, making.promotion),
});

function pageView(making: Making) {
  const { own, layout } = making;
  return withRelatives(Object.assign(plainObject<unknown>([]), own, { layout }), making);
}

function siteView(making: Making) {
  const { name, url, locales, timezone, facts, sender } = making.config;
  const members = Object.assign(plainObject<unknown>([]), facts, {
    name,
    url,
    lang: making.page.lang,
    locales,
    timezone,
    facts: bare(facts),
    sender: sender ? bare(sender) : false,
  });
  return withSurroundings(members, making);
}

function dataView({ facts, page: { lang } }: Making) {
  const names = facts.read(`dataNames:${lang}`) as readonly string[];
  const members = names.map((name) => [name, () => facts.read(`data:${lang}/${name}`)] as const);
  return lazily(Object.fromEntries(members))(plainObject<unknown>([]), undefined);
}

function withCurrent(menu: readonly MenuEntry[], url: string, home: string) {
  return menu.map((entry) =>
    bare({ ...entry, current: entry.url === url, inside: entry.url !== home && url.startsWith(entry.url) }),
  );
}

const bare = <T extends object>(object: T): T => Object.assign(plainObject([]), object) as T;
