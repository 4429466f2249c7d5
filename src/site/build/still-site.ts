import { lazy } from '../../core/lazy.ts';
import type { SiteInput } from '../collect/collect.ts';
import { siteFileOf } from '../collect/collect.ts';
import type { Facts } from '../render/facts.ts';
import type { RenderedSite } from '../render/rendered-site.ts';
import { siteFacts } from '../render/site-facts.ts';
import { wholeSite } from './whole-site.ts';

/** A site of which everything but what its pages need to know is worked out when somebody asks. */
export function stillSite(options: SiteInput): RenderedSite & { readonly facts: Facts } {
  const wholly = lazy(() => {
    const site = wholeSite(options);
    return { all: site.all, facts: siteFacts(site) };
  });
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
