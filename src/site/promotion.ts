/**
 * What an active campaign puts on its client's site: a page, and a line at the top of every page. The site
 * declares what it needs; the campaign makes it from the brief, so that a price stands in one place.
 */
export interface SitePromotion {
  readonly campaign: string;
  readonly language: string;
  /** Last part of the page's address, such as `spring` for /spring/ or /en/spring/. */
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  /** Markdown with every merge field replaced by its fallback: the page greets nobody by name. */
  readonly body: string;
  /** The line at the top of every page; absent where the brief has none. */
  readonly banner?: string;
  /** Whether there is a page of its own; a banner alone links nowhere. */
  readonly page: boolean;
  /** First and last day on the site, in the client's time zone, both included. */
  readonly starts: Temporal.PlainDate;
  readonly ends: Temporal.PlainDate;
  readonly offers: readonly Offer[];
  readonly event?: PromotionEvent;
  /** Path of a picture below the campaign's folder, and what it shows. */
  readonly image?: { readonly src: string; readonly alt: string };
}

export interface Offer {
  readonly name: string;
  readonly price: number;
  readonly was?: number;
  /** ISO 4217. */
  readonly currency: string;
  readonly url?: string;
  readonly description?: string;
}

export interface PromotionEvent {
  readonly name: string;
  /** Date and time on the client's wall clock. */
  readonly begins: Temporal.PlainDateTime;
  readonly ends?: Temporal.PlainDateTime;
  readonly place: string;
  readonly address?: string;
  readonly url?: string;
  /** Address of its calendar file on the site, from the root. */
  readonly calendar?: string;
}
