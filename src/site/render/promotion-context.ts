import type { SitePromotion } from '../promotion.ts';
import { plainObject } from '../source/plain.ts';
import type { PromotionContext } from './layout-context.ts';

/** Where the picture of a campaign is published. */
const promotionImageAddress = ({ campaign, image }: SitePromotion) =>
  image ? `/campaigns/${campaign}/${image.src.replace(/^\.?\/+/, '')}` : '';

/** A promotion as its page's layout sees it: every member is there, empty or `false` where the brief has none. */
export function promotionContext(promotion: SitePromotion): PromotionContext {
  const { campaign, starts, ends, offers, event, image } = promotion;
  return bare({
    campaign,
    starts: starts.toString(),
    ends: ends.toString(),
    offers: offers.map(({ name, price, was, currency, url, description }) =>
      bare({ name, price, was: was ?? false, currency, url: url ?? '', description: description ?? '' }),
    ),
    event: event
      ? bare({
          name: event.name,
          begins: event.begins.toString({ smallestUnit: 'minute' }),
          ends: event.ends?.toString({ smallestUnit: 'minute' }) ?? '',
          place: event.place,
          address: event.address ?? '',
          url: event.url ?? '',
          calendar: event.calendar ?? '',
        })
      : false,
    image: image ? bare({ src: promotionImageAddress(promotion), alt: image.alt }) : false,
  });
}

const bare = <T extends object>(object: T): T => Object.assign(plainObject([]), object) as T;
