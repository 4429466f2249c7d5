import type { Digest } from '../../core/digest.ts';
import type { FrontMatter } from '../source/front-matter.ts';
import type { PlainObject } from '../source/plain.ts';

export type PageKind = 'home' | 'section' | 'page' | 'tag' | 'campaign' | 'notFound';

/** One page of one language, read and addressed, before anything is rendered. */
export interface Page {
  /** Unique within the site: the path below content/, or `campaign:<name>.<language>` and the like. */
  readonly id: string;
  /** What errors call its file, relative to the workspace. */
  readonly file: string;
  /** The file below content/; empty for a page that no file stands for. */
  readonly path: string;
  /** Folder of the file below content/, where relative links start from. */
  readonly folder: string;
  readonly lang: string;
  readonly kind: PageKind;
  /** Pages with one key are translations of each other. */
  readonly translationKey: string;
  readonly url: string;
  /** Folder below content/ of the section that the page is listed in; undefined for the home page. */
  readonly parentFolder: string | undefined;
  /** First folder below content/; empty at the top. */
  readonly section: string;
  readonly title: string;
  readonly data: PlainObject;
  /** Of the whole text it was read from; undefined for a page that no file stands for. */
  readonly sha256: Digest | undefined;
  /** Whose `body` is the text below the fields: read when somebody asks for it. */
  readonly content: { readonly body: string };
  readonly bodyLine: number;
  readonly source: FrontMatter | undefined;
  readonly aliases: readonly string[];
  readonly date: Temporal.ZonedDateTime | undefined;
  readonly lastmod: Temporal.ZonedDateTime | undefined;
  readonly publishDate: Temporal.ZonedDateTime | undefined;
  readonly expiryDate: Temporal.ZonedDateTime | undefined;
  readonly draft: boolean;
  readonly weight: number;
  /** 2 and more for what continues a list; absent for all other pages. */
  readonly part?: number;
}
