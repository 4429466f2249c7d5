import type { Page } from '../page/page.ts';
import { chooseLayout } from '../render/choose-layout.ts';
import type { Facts } from '../render/facts.ts';
import type { RenderedSite } from '../render/render-page.ts';
import { createRenderer, type MadePage, makePage } from './renderer.ts';

/**
 * Makes pages one by one. What cleans HTML takes longer to load than all else here, and few pages have any: one
 * that turns out to need it is made a second time.
 */
export function pageMaker(site: RenderedSite, facts: Facts): (page: Page) => Promise<MadePage> {
  let isWanted = false;
  const hasWanted = (html: string) => {
    isWanted = true;
    return html;
  };
  let renderer = createRenderer(site, facts, hasWanted);
  const make = (page: Page) =>
    makePage(renderer, page, chooseLayout(page, renderer.templates, site.client.config.kinds, site.siteFile));
  return async (page: Page) => {
    const made = make(page);
    if (!isWanted) return made;
    isWanted = false;
    const { sanitise } = await import('../render/sanitise.ts');
    renderer = createRenderer(site, facts, sanitise);
    return make(page);
  };
}
