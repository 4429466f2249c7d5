import type { SiteInput } from '../collect/collect.ts';
import { siteFileOf } from '../collect/collect.ts';
import type { Page } from '../page/page.ts';
import type { Facts } from '../render/facts.ts';
import type { RenderedSite } from '../render/render-page.ts';
import { siteFacts } from '../render/site-facts.ts';
import { wholeSite } from './whole-site.ts';

/** A site of which everything but what its pages need to know is worked out when somebody asks. */
export function stillSite(options: SiteInput): RenderedSite & { readonly facts: Facts } {
  let whole: { readonly all: readonly Page[]; readonly facts: Facts } | undefined;
  const wholly = () => {
    if (!whole) {
      const site = wholeSite(options);
      whole = { all: site.all, facts: siteFacts(site) };
    }
    return whole;
  };
  return {
    client: options.client,
    sources: options.sources,
    siteFile: siteFileOf(options.client),
    // Only pages with a text of their own are made here, and no promotion stands behind one.
    promotionOf: new Map(),
    get all() {
      return wholly().all;
    },
    get facts() {
      return wholly().facts;
    },
  };
}
