import type { SiteInput } from '../../site/collect/collect.ts';
import type { PromotionEvent, SitePromotion } from '../../site/promotion.ts';
import type { SiteSources } from '../../site/source/sources.ts';
import type { NamedPage, PageHearer, PageTeller } from './told-pages.ts';

/** What a site is built from, as another thread can be given it: dates as texts, everything else as it is. */
export type PackedInput = Pick<SiteInput, 'client' | 'drafts' | 'future'> & {
  /** Without what is known of texts that were read before: whoever gets it reads them. */
  readonly sources: Omit<SiteSources, 'fronts' | 'content'> & { readonly content: readonly NamedPage[] };
  readonly now: string;
  readonly promotions: readonly PackedPromotion[];
};

type PackedEvent = Omit<PromotionEvent, 'begins' | 'ends'> & { begins: string; ends?: string };
type PackedPromotion = Omit<SitePromotion, 'starts' | 'ends' | 'event'> & {
  starts: string;
  ends: string;
  event?: PackedEvent;
};

export function packInput(
  { client, sources: { fronts: _, content, ...sources }, drafts, future, now, promotions }: SiteInput,
  teller: PageTeller,
): PackedInput {
  return {
    client,
    sources: { ...sources, content: teller.name(content) },
    drafts,
    future,
    now: now.toString(),
    promotions: promotions.map(packPromotion),
  };
}

export function unpackInput(
  { now, promotions, sources, ...rest }: PackedInput,
  { find, fronts }: PageHearer,
): SiteInput {
  return {
    ...rest,
    sources: { ...sources, content: sources.content.map(find), fronts },
    now: Temporal.Instant.from(now),
    promotions: promotions.map(unpackPromotion),
  };
}

function packPromotion({ starts, ends, event, ...rest }: SitePromotion): PackedPromotion {
  return { ...rest, starts: `${starts}`, ends: `${ends}`, ...(event ? { event: packEvent(event) } : {}) };
}

function unpackPromotion({ starts, ends, event, ...rest }: PackedPromotion): SitePromotion {
  const day = Temporal.PlainDate.from;
  return { ...rest, starts: day(starts), ends: day(ends), ...(event ? { event: unpackEvent(event) } : {}) };
}

const packEvent = ({ begins, ends, ...rest }: PromotionEvent): PackedEvent => ({
  ...rest,
  begins: `${begins}`,
  ...(ends ? { ends: `${ends}` } : {}),
});

const unpackEvent = ({ begins, ends, ...rest }: PackedEvent): PromotionEvent => ({
  ...rest,
  begins: Temporal.PlainDateTime.from(begins),
  ...(ends ? { ends: Temporal.PlainDateTime.from(ends) } : {}),
});
