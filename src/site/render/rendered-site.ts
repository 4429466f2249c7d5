import type { Site } from '../collect/collect.ts';

/** What a page's rendering needs of its site beside its facts. */
export type RenderedSite = Pick<Site, 'client' | 'siteFile' | 'promotionOf' | 'sources' | 'all'>;
