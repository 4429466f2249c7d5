import type { PageTrace } from '../build-store.ts';
import type { SiteInput } from '../collect/collect.ts';

/** Further cores of the machine, for builds of many pages. */
export interface Crew {
  /** Gets ready for one site, while whoever calls does the same. */
  begin(input: SiteInput): Shift;
}

/** One build's time with the crew. */
export interface Shift {
  /** Names the pages to be made. From then on everybody takes some, whoever is free the next ones. */
  share(ids: readonly string[]): SharedPages;
  end(): void;
}

export interface SharedPages {
  /** Takes the next few pages, by their place in the list; undefined once all are taken. */
  take(): { readonly from: number; readonly to: number } | undefined;
  /** What the others made, and put into the store; undefined where one of them could not. */
  others(): Promise<ReadonlyMap<string, PageTrace> | undefined>;
}
