import { digestOf, sha256 } from '../core/digest.ts';
import { step, tick, type Work } from '../core/progress.ts';
import type { BuildStore, PageTrace, Traces } from './build-store.ts';
import { collectSite, type Site, type SiteInput } from './collect/collect.ts';
import { arrange } from './collect/site-model.ts';
import { notFoundPage } from './collect/synthetic.ts';
import { extraFiles } from './output/extras.ts';
import { createFilePlan } from './output/file-plan.ts';
import { outputPath } from './page/address.ts';
import { isoMoment } from './page/moment.ts';
import type { Page } from './page/page.ts';
import {
  makeRelease,
  type Release,
  type ReleaseContent,
  type ReleaseFile,
  releaseContent,
} from './release.ts';
import { chooseLayout } from './render/choose-layout.ts';
import { createExpressions } from './render/expressions.ts';
import { isUnchanged } from './render/facts.ts';
import { siteHelpers } from './render/helpers.ts';
import { createMarkdown } from './render/markdown.ts';
import { promotionContext } from './render/promotion-context.ts';
import { type Renderer, renderPage } from './render/render-page.ts';
import { siteFacts } from './render/site-facts.ts';
import { readTemplates } from './render/templates.ts';
import type { AssetSource } from './source/sources.ts';

/** One page of a build, for whoever tells a person what changed. */
export interface BuiltPage {
  /** In the release. */
  readonly path: string;
  readonly url: string;
  readonly title: string;
  readonly lang: string;
}

export interface BuildResult {
  readonly release: Release;
  readonly content: ReleaseContent;
  readonly pages: { readonly total: number; readonly rendered: number; readonly reused: number };
  readonly outline: readonly BuiltPage[];
  readonly warnings: readonly string[];
  readonly durationMs: number;
  /** What it was built from, for whoever checks it; absent for a site that another program builds. */
  readonly site?: () => Site;
  /** The next moment at which the site changes by itself, ISO in the client's time zone. */
  readonly nextChange?: string;
}

export interface BuildOptions extends SiteInput {
  readonly store: BuildStore;
  /** Names the version of all that makes the bytes; what another one made is not reused. */
  readonly maker: string;
  /** Milliseconds of a steady clock, for the figure in the result. */
  readonly elapsed: () => number;
  readonly signal?: AbortSignal | undefined;
}

type Content = { readonly text: string } | { readonly source: AssetSource } | { readonly kept: ReleaseFile };

/**
 * Builds a site: reads, renders what changed, and only when all of it is there makes it the current build. The
 * same sources, promotions and moment give the same digest on every machine.
 *
 * @throws whatever is wrong with the sources; the last good build is kept then
 */
export async function* buildSite(options: BuildOptions): Work<BuildResult> {
  const { client, store, maker, elapsed, signal } = options;
  const begun = elapsed();
  const site = withNotFound(collectSite(options));
  const { pages } = site.model;
  yield step(`Building ${pages.length} ${pages.length === 1 ? 'page' : 'pages'}`);
  const renderer = createRenderer(site);
  const before = store.traces(maker);
  const traces: Record<string, PageTrace> = {};
  const plan = createFilePlan<Content>();
  let reused = 0;
  for (const [n, page] of pages.entries()) {
    const layout = chooseLayout(page, renderer.templates, client.config.kinds, site.siteFile);
    const own = ownDigest(page, layout, site);
    const last = before[page.id];
    if (last?.own === own && isUnchanged(last.reads, renderer.facts) && store.has(last)) {
      reused++;
      traces[page.id] = last;
      plan.add(page.url, page.file, { kept: { sha256: last.sha256, size: last.size } });
    } else {
      const { html, reads } = renderPage(renderer, page, layout);
      traces[page.id] = { own, reads, ...fileOf(html) };
      plan.add(page.url, page.file, { text: html });
    }
    if (n % 50 === 49 || n === pages.length - 1) {
      yield tick(n + 1, pages.length, reused > 0 ? `${reused} unchanged` : undefined);
      signal?.throwIfAborted();
    }
  }
  for (const file of site.files.published)
    plan.add(file.address, 'source' in file ? file.source.file : file.file, file);
  for (const made of extraFiles(site))
    if (!made.yields || !plan.has(made.address)) plan.add(made.address, made.file, made);

  const release = makeRelease(client.name, keep(plan.entries, store));
  store.commit(release, traces, maker);
  const nextChange = changesNext(site, traces);
  return {
    release,
    content: releaseContent(release, store.locate),
    pages: { total: pages.length, rendered: pages.length - reused, reused },
    outline: pages.map(({ url, title, lang }) => ({ path: outputPath(url), url, title, lang })),
    warnings: site.warnings,
    durationMs: Math.round(elapsed() - begun),
    site: () => site,
    ...(nextChange ? { nextChange } : {}),
  };
}

/** Everything that renders the pages of a site. @throws TEMPLATE_FAILED, PARTIAL_MISSING */
function createRenderer(site: Site): Renderer {
  const helpers = siteHelpers();
  return {
    site,
    facts: siteFacts(site),
    templates: readTemplates(site.sources, helpers),
    expressions: createExpressions(helpers),
    markdown: createMarkdown(site.client.config.markdown.html),
  };
}

/** Puts every file into the store; what is there already is not written again. */
function keep(entries: ReadonlyMap<string, Content>, store: BuildStore): [string, ReleaseFile][] {
  return [...entries].map(([path, content]) => {
    if ('kept' in content) return [path, content.kept];
    if ('source' in content) {
      const { source } = content;
      if (!store.has(source)) store.putFile(source);
      return [path, { sha256: source.sha256, size: source.size }];
    }
    const file = fileOf(content.text);
    if (!store.has(file)) store.putText(file.sha256, content.text);
    return [path, file];
  });
}

const fileOf = (text: string): ReleaseFile => ({ sha256: sha256(text), size: Buffer.byteLength(text) });

/** Every site answers an unknown address in its own look, also one whose content has no 404.md. */
function withNotFound(site: Site): Site {
  const { config } = site.client;
  const lang = config.locales[0] ?? 'en';
  if (site.model.pages.some(({ kind, url }) => kind === 'notFound' && url === '/404.html')) return site;
  if (site.files.isStatic('404.html')) return site;
  const page = notFoundPage(lang, ...notFoundWords(site, lang), site.siteFile);
  return { ...site, model: arrange([...site.model.pages, page], config.locales) };
}

function notFoundWords(site: Site, lang: string): [title: string, body: string] {
  const words = siteFacts(site).value(`i18n:${lang}`) as Record<string, unknown>;
  const { notFoundTitle, notFoundText } = words;
  return [
    typeof notFoundTitle === 'string' ? notFoundTitle : '404',
    typeof notFoundText === 'string' ? notFoundText : '',
  ];
}

/** What a page is by itself. What it reads of the site stands in its trace. */
function ownDigest(page: Page, layout: string, site: Site): string {
  const { source: _, date, lastmod, publishDate, expiryDate, ...rest } = page;
  const promotion = site.promotionOf.get(page.id);
  const moments = [date, lastmod, publishDate, expiryDate].map((moment) =>
    moment ? isoMoment(moment) : null,
  );
  return digestOf({ ...rest, layout, moments, promotion: promotion ? promotionContext(promotion) : null });
}

function changesNext(site: Site, traces: Traces): string | undefined {
  const { now, client, changes } = site;
  const here = now.toZonedDateTimeISO(client.timezone);
  const newYear = here.with({ month: 1, day: 1 }).startOfDay().add({ years: 1 }).toInstant();
  const showsYear = Object.values(traces).some(({ reads }) => 'year:' in reads);
  const all = showsYear ? [...changes, newYear] : [...changes];
  const [next] = all.sort(Temporal.Instant.compare);
  return next && isoMoment(next.toZonedDateTimeISO(client.timezone));
}
