import { sha256 } from '../../core/digest.ts';
import type { PageTrace } from '../build-store.ts';
import type { Page } from '../page/page.ts';
import type { ReleaseFile } from '../release.ts';
import { createExpressions } from '../render/expressions.ts';
import type { Facts } from '../render/facts.ts';
import { siteHelpers } from '../render/helpers.ts';
import { createMarkdown } from '../render/markdown.ts';
import { promotionContext } from '../render/promotion-context.ts';
import type { RareTools } from '../render/rare-tools.ts';
import { type Renderer, renderPage } from '../render/render-page.ts';
import type { RenderedSite } from '../render/rendered-site.ts';
import { readTemplates } from '../render/templates.ts';

/** Everything that renders the pages of a site. @throws TEMPLATE_FAILED, PARTIAL_MISSING */
export function createRenderer(site: RenderedSite, facts: Facts, tools: RareTools): Renderer {
  const helpers = siteHelpers();
  return {
    site,
    facts,
    templates: readTemplates(site.sources, helpers),
    expressions: createExpressions(helpers),
    markdown: createMarkdown(site.client.config.markdown.html, tools),
  };
}

export interface MadePage {
  readonly html: string;
  readonly trace: PageTrace;
}

/** Renders one page. @throws what `renderPage` throws */
export function makePage(renderer: Renderer, page: Page, layout: string): MadePage {
  const { html, reads } = renderPage(renderer, page, layout);
  return { html, trace: { own: ownDigest(page, layout, renderer.site), reads, ...fileOf(html) } };
}

/** What a page is by itself. What it reads of the site stands in its trace. */
export function ownDigest(page: Page, layout: string, site: RenderedSite): string {
  const { sha256: text, data, file, folder, lang, kind, url } = page;
  const promotion = site.promotionOf.get(page.id);
  return sha256(
    JSON.stringify([
      text ?? [data, page.content.body],
      file,
      folder,
      lang,
      kind,
      url,
      layout,
      promotion ? promotionContext(promotion) : null,
    ]),
  );
}

export const fileOf = (text: string): ReleaseFile => ({
  sha256: sha256(text),
  size: Buffer.byteLength(text),
});
