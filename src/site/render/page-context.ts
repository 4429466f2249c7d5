import { type Site } from '../collect/collect.ts';
import type { MenuEntry } from '../collect/menu.ts';
import type { PageSummary } from '../collect/summary.ts';
import { absolute } from '../collect/summary.ts';
import type { Page } from '../page/page.ts';
import { languageRoot } from '../page/read-page.ts';
import { plainObject } from '../source/plain.ts';
import type { Recorder } from './facts.ts';
import { type Head, makeHead } from './head.ts';
import { articleLd, businessLd, eventLd, offersLd } from './json-ld.ts';
import type { LayoutContext, PromotionContext, SiteContext, Translation } from './layout-context.ts';
import type { Heading } from './markdown-env.ts';
import { promotionContext } from './promotion-context.ts';
import { sectionsOf } from './sections.ts';

/** The part of the context that Markdown may use too, and that the layout gets with the content. */
export type BodyContext = Omit<LayoutContext, 'content' | 'head'>;

export interface PageMaking {
  readonly site: Site;
  readonly page: Page;
  readonly layout: string;
  readonly facts: Recorder;
  address(path: string): string;
}

interface Config {
  readonly name: string;
  readonly url: string;
  readonly locales: readonly string[];
  readonly timezone: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly sender?: SiteContext['sender'];
}

/**
 * What a layout sees of one page. Whatever reaches beyond the page itself is read only when the layout asks, so
 * that the page depends on that and on nothing else.
 */
export function pageContext(making: PageMaking): {
  body: BodyContext;
  complete(content: string, toc: readonly Heading[]): LayoutContext;
} {
  const { site, page, facts, layout } = making;
  const { lang } = page;
  const config = facts.read('config:') as Config;
  const own = facts.read(`page:${page.id}`) as PageSummary;
  const promoted = site.promotionOf.get(page.id);
  const promotion: PromotionContext | false = promoted ? promotionContext(promoted) : false;
  const related = (name: string) => facts.read(`${name}:${page.id}`);
  const neighbour = (side: 'previous' | 'next') =>
    (related('neighbours') as Record<string, PageSummary | undefined> | undefined)?.[side] ?? false;
  let toc: readonly Heading[] = [];

  const pageView = lazily(Object.assign(plainObject(Object.entries(own)), { layout }), {
    toc: () => toc,
    sections: () => sectionsOf(page.data, making.address),
    translations: () => related('translations'),
    parent: () => related('parent') ?? false,
    children: () => related('children'),
    previous: () => neighbour('previous'),
    next: () => neighbour('next'),
    image: () => (promotion && promotion.image ? promotion.image.src : own.image),
  });
  const siteView = lazily(
    Object.assign(plainObject<unknown>([]), {
      name: config.name,
      url: config.url,
      lang,
      locales: config.locales,
      timezone: config.timezone,
      facts: bare(config.facts),
      sender: config.sender ? bare(config.sender) : false,
    }),
    {
      home: () => facts.read(`home:${lang}`),
      year: () => facts.read('year:'),
      menu: () =>
        withCurrent(
          facts.read(`menu:${lang}`) as MenuEntry[],
          page.url,
          facts.read(`home:${lang}`) as string,
        ),
      banner: () => facts.read(`banner:${lang}`),
      promotions: () => facts.read(`promotions:${lang}`),
      pages: () => facts.read(`pages:${lang}`),
      sections: () => facts.read(`sections:${lang}`),
      feed: () => feedAddress(making),
    },
  );
  const dataView = lazily(
    plainObject<unknown>([]),
    Object.fromEntries(
      (facts.read(`dataNames:${lang}`) as string[]).map((name) => [
        name,
        () => facts.read(`data:${lang}/${name}`),
      ]),
    ),
  );
  const body = lazily(
    Object.assign(plainObject<unknown>([]), { page: pageView, site: siteView, data: dataView, promotion }),
    { t: () => facts.read(`i18n:${lang}`), assets: () => facts.read('assets:') },
  ) as unknown as BodyContext;
  return {
    body,
    complete(content, headings) {
      toc = headings;
      const complete = plainObject<unknown>([]);
      Object.defineProperties(complete, Object.getOwnPropertyDescriptors(body));
      complete.content = content;
      const head = () => headOf(making, own, config, promotion);
      return lazily(complete, { head }) as unknown as LayoutContext;
    },
  };
}

function headOf(
  making: PageMaking,
  own: PageSummary,
  config: Config,
  promotion: PromotionContext | false,
): Head {
  const { page, facts } = making;
  const image = (promotion && promotion.image ? promotion.image.src : own.image) || text(config.facts.image);
  const absoluteImage = image && new URL(image, config.url).href;
  const isArticle = page.kind === 'page' && own.date !== '';
  const business = { name: config.name, url: config.url, image: absoluteImage, facts: config.facts };
  const jsonLd = [
    ...(page.kind === 'home' ? [businessLd(business)] : []),
    ...(isArticle ? [articleLd({ ...summaryTexts(own), image: absoluteImage, business: config.name })] : []),
    ...(promotion ? offersLd(promotion, own.permalink, config.name) : []),
    ...(promotion
      ? eventLd(promotion, {
          pageUrl: own.permalink,
          business: config.name,
          timezone: config.timezone,
          image: absoluteImage,
        })
      : []),
  ];
  return makeHead({
    siteName: config.name,
    siteUrl: config.url,
    lang: page.lang,
    kind: page.kind,
    title: own.title,
    description: own.description || (page.kind === 'home' ? text(config.facts.description) : ''),
    url: page.url,
    image,
    isDraft: page.draft,
    published: isArticle ? own.date : '',
    modified: own.lastmod,
    translations: facts.read(`translations:${page.id}`) as Translation[],
    mainLang: config.locales[0] ?? page.lang,
    feed: feedAddress(making) && absolute(config.url, feedAddress(making)),
    jsonLd,
  });
}

const summaryTexts = ({ title, description, permalink, date, lastmod }: PageSummary) => ({
  title,
  description,
  permalink,
  date,
  lastmod,
});
const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** Address of the feed of the page's language; empty where there is none. */
function feedAddress({ facts, page, site }: PageMaking): string {
  return facts.read(`feed:${page.lang}`)
    ? `${languageRoot(page.lang, site.client.config.locales)}feed.xml`
    : '';
}

function withCurrent(menu: readonly MenuEntry[], url: string, home: string) {
  return menu.map((entry) =>
    bare({ ...entry, current: entry.url === url, inside: entry.url !== home && url.startsWith(entry.url) }),
  );
}

const bare = <T extends object>(object: T): T => Object.assign(plainObject([]), object) as T;

/** Adds members that are worked out when they are first read. */
function lazily<T extends object>(object: T, members: Readonly<Record<string, () => unknown>>): T {
  for (const [name, make] of Object.entries(members)) {
    let value: unknown;
    let made = false;
    Object.defineProperty(object, name, {
      enumerable: true,
      configurable: true,
      get() {
        if (!made) {
          value = make();
          made = true;
        }
        return value;
      },
    });
  }
  return object;
}
