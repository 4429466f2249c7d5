import type { ReleaseFile } from '../release.ts';
import type { Finding } from './finding.ts';
import type { HtmlPage } from './html-page.ts';

/** A page's Markdown file, or whatever text a page may come from. */
export interface SourceText {
  /** Relative to the workspace. */
  readonly file: string;
  readonly text: string;
}

/** Where a page stands in the sources; none of it is there for a page that another program built. */
export interface PageSource extends SourceText {
  readonly lang: string;
  /** The line (from 1) of a field, or undefined where the page has no such field. */
  fieldLine(path: readonly (string | number)[]): number | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Where the Markdown begins within `text`. */
  readonly bodyStart: number;
}

/** One HTML file of a release. */
export interface CheckedPage {
  /** In the release. */
  readonly path: string;
  /** From the root, such as `/contact/`. */
  readonly url: string;
  /** What findings call it when no source is known. */
  readonly file: string;
  readonly source: PageSource | undefined;
  readonly markup: string;
  readonly html: HtmlPage;
  /** Whether it is shown for unknown addresses. */
  readonly isNotFound: boolean;
  /** Whether it is a mail, as it can be read in the browser: mail programs want other HTML than browsers. */
  readonly isMail: boolean;
}

/** A page that is not on the site at this moment. */
export interface AbsentPage {
  readonly file: string;
  readonly why: 'draft' | 'expired' | 'to come';
}

/** A picture of the sources, as it was measured. */
export interface CheckedPicture {
  readonly file: string;
  /** Its own address: what is made of it has others. */
  readonly address: string;
  /** Bytes. */
  readonly size: number;
  readonly isReadable: boolean;
}

/** All that the rules look at. */
export interface CheckedSite {
  readonly siteUrl: string;
  readonly locales: readonly string[];
  readonly now: Temporal.ZonedDateTime;
  /** Every file of the release. */
  readonly files: ReadonlyMap<string, ReleaseFile>;
  /** The pages that are checked; others of the release are read when a link leads to them. */
  readonly pages: readonly CheckedPage[];
  /** What `#…` can lead to on any page of the release; undefined for what is no page. */
  idsOf(path: string): ReadonlySet<string> | undefined;
  /** Pages that are in the sources and not on the site, by address. */
  readonly absent: ReadonlyMap<string, AbsentPage>;
  /** Layouts, partials, data and settings: where a text comes from that is in no page's own file. */
  readonly texts: readonly SourceText[];
  /** By address on the site, also those of their other sizes and formats. */
  readonly pictures: ReadonlyMap<string, CheckedPicture>;
  readonly translations: readonly TranslationGroup[];
}

/** A page in the languages it has. */
export interface TranslationGroup {
  readonly file: string;
  readonly languages: readonly string[];
}

/** A rule that looks at one page after another. */
export type PageRule = (page: CheckedPage, site: CheckedSite) => Finding[];
