import { absolute, type PageSummary } from '../collect/summary.ts';
import type { Page } from '../page/page.ts';
import type { SharedPicture } from '../pictures/shared-picture.ts';
import { makeHead } from './head.ts';
import { articleLd, businessLd, eventLd, offersLd } from './json-ld.ts';
import type { Head, PromotionContext, Translation } from './layout-context.ts';
import { type Config, feedAddress, type PageMaking } from './page-making.ts';
import type { PaginatorContext } from './paginator-context.ts';

/** Works out the head of one page from its fields, its promotion and the client's facts. */
export function headOf(
  making: PageMaking,
  own: PageSummary,
  config: Config,
  promotion: PromotionContext | false,
): Head {
  const { page, facts } = making;
  const ofPromotion = promotion && promotion.image ? promotion.image.src : '';
  const chosen = [ofPromotion, text(own.image), text(config.facts.image)].find(isShareable);
  const image =
    chosen === undefined
      ? undefined
      : ((facts.read(`share:${chosen}`) as SharedPicture | undefined) ?? { src: chosen });
  const absoluteImage = image ? new URL(image.src, config.url).href : '';
  const description = own.description || (page.kind === 'home' ? text(config.facts.description) : '');
  const isArticle = page.kind === 'page' && own.date !== '';
  const jsonLd = [
    ...(page.kind === 'home'
      ? [
          businessLd({
            name: config.name,
            url: config.url,
            image: absoluteImage,
            facts: config.facts,
            hours: facts.read(`data:${page.lang}/hours`),
          }),
        ]
      : []),
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
  const pager = listsInParts(page) ? paginatorOf(making) : undefined;
  const continued = page.part ? continuation(making, page.part) : '';
  return makeHead({
    siteName: config.name,
    siteUrl: config.url,
    lang: page.lang,
    kind: page.kind,
    title: continued ? `${own.title}, ${continued}` : own.title,
    description: continued && description ? `${description} (${continued})` : description,
    previous: pager?.previous ? absolute(config.url, pager.previous) : '',
    next: pager?.next ? absolute(config.url, pager.next) : '',
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

const listsInParts = ({ kind, data }: Page) => kind === 'tag' || data.paginate !== undefined;

const paginatorOf = ({ facts, page }: PageMaking) =>
  facts.read(`paginator:${page.id}`) as PaginatorContext | undefined;

/** `page 2`, in the theme's words. */
function continuation({ facts, page }: PageMaking, part: number): string {
  const { pageNumber } = facts.read(`i18n:${page.lang}`) as Record<string, unknown>;
  return typeof pageNumber === 'string' ? pageNumber.replace('{n}', String(part)) : String(part);
}

const summaryTexts = ({ title, description, permalink, date, lastmod }: PageSummary) => ({
  title,
  description,
  permalink,
  date,
  lastmod,
});
/** Social networks and search engines show no SVG: such a picture gives way to the next. */
const isShareable = (address: string) => address !== '' && !/\.svg([?#]|$)/i.test(address);
const text = (value: unknown) => (typeof value === 'string' ? value : '');
