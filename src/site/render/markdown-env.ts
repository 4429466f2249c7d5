import type { PictureSet } from '../pictures/variants.ts';
import type { Dimensions } from '../source/sources.ts';

/** What Markdown needs to know of the page that it stands on. */
export interface MarkdownEnv {
  /** Address for the href or src that somebody wrote; it throws for one that leads nowhere. `line` is of the Markdown. */
  link(written: string, line: number): string;
  /** Width and height of a local picture, and its other sizes and formats where there are any. */
  picture(address: string): Dimensions | PictureSet | undefined;
  /** What stands between two braces, as HTML or as it is. `line` is of the Markdown. */
  value(expression: string, line: number, as: 'html' | 'text'): string;
  /** Filled while rendering. */
  readonly toc: Heading[];
}

export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

/** The page that a Markdown rule works for. */
export const envOf = (state: { readonly env: object }): MarkdownEnv =>
  (state.env as { page: MarkdownEnv }).page;
