import { step, type Work } from '../../core/progress.ts';
import type { BuildOptions, Built } from '../build.ts';
import type { LastBuild, PageTrace } from '../build-store.ts';
import type { Site } from '../collect/collect.ts';
import { partId } from '../lists/pager.ts';
import { outputPath } from '../page/address.ts';
import type { Page } from '../page/page.ts';
import { picturesRead } from '../pictures/used-pictures.ts';
import { makeRelease, type ReleaseFile } from '../release.ts';
import { chooseLayout } from '../render/choose-layout.ts';
import { createRenderer, makePage } from './renderer.ts';
import { wholeSite } from './whole-site.ts';

/**
 * Renders the pages whose own text changed, for a site that is otherwise what it was.
 *
 * @returns undefined where more than that must be looked at
 */
export async function* buildTexts(options: BuildOptions, last: LastBuild): Work<Built | undefined> {
  const { store, client, sources } = options;
  if ([...last.release.files.values()].some((file) => !store.has(file))) return undefined;
  const changed = sources.content.filter(({ path, sha256 }) => last.texts[path] !== sha256);
  const built = { ...last, traces: {}, areAll: false, reused: last.pages.length };
  if (changed.length === 0) return built;

  const site = wholeSite(options);
  const pages = changed.flatMap(({ path }) => withParts(site, site.model.byId.get(path)));
  yield step(`Building ${pages.length} of ${last.pages.length} pages`);
  const renderer = createRenderer(site);
  const traces: Record<string, PageTrace> = {};
  const files = new Map<string, ReleaseFile>(last.release.files);
  for (const page of pages) {
    const layout = chooseLayout(page, renderer.templates, client.config.kinds, site.siteFile);
    const { html, trace } = makePage(renderer, page, layout);
    if ('year:' in trace.reads && !last.showsYear) return undefined;
    if (picturesRead(trace, site).join() !== (last.pictures[page.id] ?? []).join()) return undefined;
    traces[page.id] = trace;
    if (!store.has(trace)) store.putText(trace.sha256, html);
    files.set(outputPath(page.url), { sha256: trace.sha256, size: trace.size });
  }
  return {
    ...built,
    texts: Object.fromEntries(sources.content.map(({ path, sha256 }) => [path, sha256])),
    release: makeRelease(client.name, files),
    traces,
    reused: last.pages.length - pages.length,
  };
}

/** A page, and those that continue its list: they have its text too. */
function withParts({ model, pagers }: Site, page: Page | undefined): Page[] {
  if (!page) return [];
  const parts = pagers.get(page.id)?.urls.slice(1) ?? [];
  return [page, ...parts.flatMap((_, n) => model.byId.get(partId(page, n + 2)) ?? [])];
}
