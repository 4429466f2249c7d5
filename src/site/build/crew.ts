import type { PageTrace } from '../build-store.ts';
import type { SiteInput } from '../collect/collect.ts';
import type { FactName, KeptFact } from '../render/facts.ts';
import type { PageSource } from '../source/sources.ts';

/** Fewer pages are rendered before another core has read the site. */
export const CREW_PAGES = 2_000;

/** Further cores of the machine, for builds of many pages. */
export interface Crew {
  /**
   * Lets them get ready, where much work is likely: they load what they need while the site is read.
   *
   * @returns what is to be told of each page once it is read: they take it apart meanwhile
   */
  prepare(): (page: PageSource) => void;
  /** Gets ready for one site, while whoever calls does the same. */
  begin(input: SiteInput): Shift;
  /** Sends everybody home, whatever was begun. */
  end(): void;
}

/** One build's time with the crew. */
export interface Shift {
  /** Names the pages to be made. From then on everybody takes some, whoever is free the next ones. */
  share(ids: readonly string[]): SharedPages;
}

export interface SharedPages {
  /** Takes the next few pages, by their place in the list; undefined once all are taken. */
  take(): { readonly from: number; readonly to: number } | undefined;
  /** What the others made, once they are done: not all that they took, where one of them could not. */
  others(): Promise<OthersPages>;
}

/** Pages that others made and put into the store. */
export interface OthersPages {
  readonly traces: ReadonlyMap<string, PageTrace>;
  /** What these pages saw, as it is to be kept. */
  readonly facts: ReadonlyMap<FactName, KeptFact>;
}
