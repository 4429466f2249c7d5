import type { SitePromotion } from '../promotion.ts';

const PICTURE = /!\[[^\]]*\]\(\s*<?([^\s)>]+)/g;

/** The local pictures that a promotion's page shows, as its brief names them. */
export function promotionPictures({ image, body }: SitePromotion): string[] {
  const inBody = [...body.matchAll(PICTURE)].flatMap(([, src]) => (src === undefined ? [] : [src]));
  return [...(image ? [image.src] : []), ...inBody].filter((src) => !/^([a-z][a-z0-9+.-]*:|\/)/i.test(src));
}
