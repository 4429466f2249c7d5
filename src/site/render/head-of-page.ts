import { absolute, type PageSummary } from '../collect/summary.ts';
import { type Head, makeHead } from './head.ts';
import { articleLd, businessLd, eventLd, offersLd } from './json-ld.ts';
import type { PromotionContext, Translation } from './layout-context.ts';
import { type Config, feedAddress, type PageMaking } from './page-making.ts';

/** Works out the head of one page from its fields, its promotion and the client's facts. */
export function headOf(
  making: PageMaking,
  own: PageSummary,
  config: Config,
  promotion: PromotionContext | false,
): Head {
  const { page, facts } = making;
  const ofPromotion = promotion && promotion.image ? promotion.image.src : '';
  const image = [ofPromotion, text(own.image), text(config.facts.image)].find(isShareable) ?? '';
  const absoluteImage = image && new URL(image, config.url).href;
  const isArticle = page.kind === 'page' && own.date !== '';
  const business = { name: config.name, url: config.url, image: absoluteImage, facts: config.facts };
  const jsonLd = [
    ...(page.kind === 'home'
      ? [businessLd({ ...business, hours: facts.read(`data:${page.lang}/hours`) })]
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
/** Social networks and search engines show no SVG: such a picture gives way to the next. */
const isShareable = (address: string) => address !== '' && !/\.svg([?#]|$)/i.test(address);
const text = (value: unknown) => (typeof value === 'string' ? value : '');
