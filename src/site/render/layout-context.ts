import type { MenuEntry } from '../collect/menu.ts';
import type { PageSummary } from '../collect/summary.ts';
import type { Heading } from './markdown-env.ts';
import type { PaginatorContext } from './paginator-context.ts';
import type { Section } from './sections.ts';

/** What a layout sees: docs/layout-context.md in types. What is read of it decides when the page is made again. */
export interface LayoutContext {
  readonly content: string;
  readonly page: PageContext;
  readonly site: SiteContext;
  readonly head: Head;
  readonly data: Readonly<Record<string, unknown>>;
  readonly t: Readonly<Record<string, unknown>>;
  readonly promotion: PromotionContext | false;
  readonly assets: Readonly<Record<string, string>>;
}

/** The fields as written, what all pages have, and how this one hangs together with the others. */
type PageContext = PageSummary & {
  readonly layout: string;
  readonly toc: readonly Heading[];
  readonly sections: readonly Section[];
  readonly translations: readonly Translation[];
  readonly parent: PageSummary | false;
  readonly previous: PageSummary | false;
  readonly next: PageSummary | false;
  readonly children: readonly PageSummary[];
  /** Of a page that lists others in parts. */
  readonly paginator: PaginatorContext | false;
  readonly tagPages: readonly MenuEntry[];
};

export interface Translation {
  readonly lang: string;
  /** The language in its own words. */
  readonly name: string;
  readonly url: string;
  readonly permalink: string;
  readonly current: boolean;
}

export interface SiteContext {
  readonly name: string;
  readonly url: string;
  readonly lang: string;
  readonly locales: readonly string[];
  readonly timezone: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly sender: { readonly name: string; readonly email: string; readonly address: string } | false;
  readonly home: string;
  readonly year: number;
  readonly menu: readonly (MenuEntry & { readonly current: boolean; readonly inside: boolean })[];
  /** Further menus by name, such as `footer`, from the pages that name them. */
  readonly menus: Readonly<Record<string, readonly MenuEntry[]>>;
  readonly banner: { readonly text: string; readonly url: string; readonly campaign: string } | false;
  readonly promotions: readonly PageSummary[];
  readonly pages: readonly PageSummary[];
  readonly sections: readonly PageSummary[];
  /** Address of the feed, or an empty text where no page has a date. */
  readonly feed: string;
}

/** Days and times are ISO texts on the client's wall clock, for the `date` helper. */
export interface PromotionContext {
  readonly campaign: string;
  readonly starts: string;
  readonly ends: string;
  readonly offers: readonly PromotionOffer[];
  readonly event: PromotionEventContext | false;
  readonly image: { readonly src: string; readonly alt: string } | false;
}

interface PromotionOffer {
  readonly name: string;
  readonly price: number;
  readonly was: number | false;
  readonly currency: string;
  readonly url: string;
  readonly description: string;
}

interface PromotionEventContext {
  readonly name: string;
  readonly begins: string;
  readonly ends: string;
  readonly place: string;
  readonly address: string;
  readonly url: string;
  /** Address of its calendar file, or empty. */
  readonly calendar: string;
}

/** What belongs into a page's `<head>`, worked out; `html` is all of it, ready to be written. */
export interface Head {
  /** For the tab and search engines: the page's title and the business. */
  readonly title: string;
  readonly description: string;
  readonly canonical: string;
  /** `index,follow`, or `noindex` for drafts and the page of unknown addresses. */
  readonly robots: string;
  /** Whole address of the picture that a shared link shows, or an empty text. */
  readonly image: string;
  readonly alternates: readonly { readonly lang: string; readonly url: string }[];
  readonly feed: string;
  /** Each a JSON text that may stand in a script element. */
  readonly jsonLd: readonly string[];
  readonly html: string;
}
