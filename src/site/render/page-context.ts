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
  const summaryOf = (id: unknown) => (typeof id === 'string' ? facts.read(`page:${id}`) : false);
  let toc: readonly Heading[] = [];

  const pageView = lazily(Object.assign(plainObject(Object.entries(own)), { layout }), {
    toc: () => toc,
    sections: () => sectionsOf(page.data, making.address),
    translations: () => related('translations'),
    parent: () => summaryOf(related('parent')),
    children: () => (related('children') as readonly string[]).map(summaryOf),
    paginator: () => related('paginator') ?? false,
    tagPages: () => related('tagPages') ?? [],
    previous: () => summaryOf(related('previous')),
    next: () => summaryOf(related('next')),
    image: () => (promotion && promotion.image ? promotion.image.src : own.image),
  });
  const siteView = lazily(
    Object.assign(plainObject<unknown>(Object.entries(config.facts)), {
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
      menus: () => facts.read(`menus:${lang}`),
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

function withCurrent(menu: readonly MenuEntry[], url: string, home: string) {
  return menu.map((entry) =>
    bare({ ...entry, current: entry.url === url, inside: entry.url !== home && url.startsWith(entry.url) }),
  );
}

const bare = <T extends object>(object: T): T => Object.assign(plainObject([]), object) as T;
