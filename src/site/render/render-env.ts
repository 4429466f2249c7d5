import type { FactName } from './facts.ts';

/** What helpers and Markdown know of the page that is being made, beside the values they are given. */
export interface RenderEnv {
  readonly lang: string;
  readonly timezone: string;
  readonly siteUrl: string;
  /** Reads a fact, and remembers that this page did. */
  read(name: FactName): unknown;
  /** Address of a page, a picture or a file as this page's author wrote it: relative to it, or from the root. */
  address(path: string): string;
  /** Markdown as HTML, under the client's rule for raw HTML. */
  markdown(text: string, inline: boolean): string;
}
