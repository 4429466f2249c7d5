import type { Page } from '../page/page.ts';
import type { Facts } from '../render/facts.ts';
import { toolBox } from '../render/rare-tools.ts';
import type { Renderer } from '../render/render-page.ts';
import type { RenderedSite } from '../render/rendered-site.ts';
import { createRenderer, type MadePage, makePage } from './renderer.ts';

/** Makes the pages of one site, one by one. */
export interface PageMaker {
  readonly templates: Renderer['templates'];
  /** @throws what `makePage` throws */
  make(page: Page, layout: string): Promise<MadePage>;
}

/**
 * A page that turns out to need what is not loaded yet is made a second time.
 *
 * @throws TEMPLATE_FAILED, PARTIAL_MISSING
 */
export function pageMaker(site: RenderedSite, facts: Facts): PageMaker {
  const box = toolBox();
  let renderer = createRenderer(site, facts, box.tools);
  return {
    templates: renderer.templates,
    async make(page, layout) {
      let made = makePage(renderer, page, layout);
      while (box.isShort) {
        await box.fill();
        renderer = createRenderer(site, facts, box.tools);
        made = makePage(renderer, page, layout);
      }
      return made;
    },
  };
}
