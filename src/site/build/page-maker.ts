import type { Page } from '../page/page.ts';
import type { Facts } from '../render/facts.ts';
import type { RenderedSite, Renderer } from '../render/render-page.ts';
import { createRenderer, type MadePage, makePage } from './renderer.ts';

/** Makes the pages of one site, one by one. */
export interface PageMaker {
  readonly templates: Renderer['templates'];
  /** @throws what `makePage` throws */
  make(page: Page, layout: string): Promise<MadePage>;
}

/**
 * What cleans HTML takes longer to load than all else here, and few sites have any: a page that turns out to need
 * it is made a second time.
 *
 * @throws TEMPLATE_FAILED, PARTIAL_MISSING
 */
export function pageMaker(site: RenderedSite, facts: Facts): PageMaker {
  let isWanted = false;
  const hasWanted = (html: string) => {
    isWanted = true;
    return html;
  };
  let renderer = createRenderer(site, facts, hasWanted);
  return {
    templates: renderer.templates,
    async make(page, layout) {
      const made = makePage(renderer, page, layout);
      if (!isWanted) return made;
      isWanted = false;
      const { sanitise } = await import('../render/sanitise.ts');
      renderer = createRenderer(site, facts, sanitise);
      return makePage(renderer, page, layout);
    },
  };
}
