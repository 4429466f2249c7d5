import type { Page } from '../page/page.ts';
import { languageRoot } from '../page/read-page.ts';
import type { Recorder } from './facts.ts';
import type { SiteContext } from './layout-context.ts';
import type { RenderedSite } from './rendered-site.ts';

/** One page while it is made: the site, the facts it reads, how it finds addresses. */
export interface PageMaking {
  readonly site: RenderedSite;
  readonly page: Page;
  readonly layout: string;
  readonly facts: Recorder;
  address(path: string): string;
}

/** The fact `config:`. */
export interface Config {
  readonly name: string;
  readonly url: string;
  readonly locales: readonly string[];
  readonly timezone: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly sender?: SiteContext['sender'];
}

/** Address of the feed of the page's language; empty where there is none. */
export function feedAddress({ facts, page, site }: PageMaking): string {
  return facts.read(`feed:${page.lang}`)
    ? `${languageRoot(page.lang, site.client.config.locales)}feed.xml`
    : '';
}
