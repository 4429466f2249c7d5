import { step, tick, type Work } from '../../core/progress.ts';
import type { BuildOptions, Built } from '../build.ts';
import type { PageTrace, Traces } from '../build-store.ts';
import { extraFiles } from '../output/extras.ts';
import { createFilePlan } from '../output/file-plan.ts';
import { outputPath } from '../page/address.ts';
import { isoMoment } from '../page/moment.ts';
import { makeRelease, type ReleaseFile } from '../release.ts';
import { chooseLayout } from '../render/choose-layout.ts';
import { isUnchanged } from '../render/facts.ts';
import { createRenderer, fileOf, makePage, ownDigest } from './renderer.ts';
import { wholeSite } from './whole-site.ts';

/**
 * Looks at every page of a site, and renders those that would not come out as the last build left them.
 *
 * @param before how the pages of the last build came to be
 */
export async function* buildAll(options: BuildOptions, before: Traces): Work<Built> {
  const { client, store, signal, now } = options;
  const site = wholeSite(options);
  const { pages } = site.model;
  yield step(`Building ${pages.length} ${pages.length === 1 ? 'page' : 'pages'}`);
  const renderer = createRenderer(site);
  const traces: Record<string, PageTrace> = {};
  const plan = createFilePlan<() => ReleaseFile>();
  const keepText = (file: ReleaseFile, text: string) => {
    if (!store.has(file)) store.putText(file.sha256, text);
    return file;
  };
  let reused = 0;
  for (const [n, page] of pages.entries()) {
    const layout = chooseLayout(page, renderer.templates, client.config.kinds, site.siteFile);
    const last = before[page.id];
    const isKept =
      last?.own === ownDigest(page, layout, site) &&
      isUnchanged(last.reads, renderer.facts) &&
      store.has(last);
    if (isKept) {
      reused++;
      traces[page.id] = last;
      plan.add(page.url, page.file, () => ({ sha256: last.sha256, size: last.size }));
    } else {
      const { html, trace } = makePage(renderer, page, layout);
      traces[page.id] = trace;
      const file = { sha256: trace.sha256, size: trace.size };
      plan.add(page.url, page.file, () => keepText(file, html));
    }
    if (n % 50 === 49 || n === pages.length - 1) {
      yield tick(n + 1, pages.length, reused > 0 ? `${reused} unchanged` : undefined);
      signal?.throwIfAborted();
    }
  }
  for (const file of site.files.published)
    plan.add(file.address, 'source' in file ? file.source.file : file.file, () => {
      if ('text' in file) return keepText(fileOf(file.text), file.text);
      const { source } = file;
      if (!store.has(source)) store.putFile(source);
      return { sha256: source.sha256, size: source.size };
    });
  for (const made of extraFiles(site))
    if (!made.yields || !plan.has(made.address))
      plan.add(made.address, made.file, () => keepText(fileOf(made.text), made.text));

  const files = Array.from(plan.entries, ([path, keep]) => [path, keep()] as const);
  const showsYear = Object.values(traces).some(({ reads }) => 'year:' in reads);
  const here = now.toZonedDateTimeISO(client.timezone);
  const newYear = here.with({ month: 1, day: 1 }).startOfDay().add({ years: 1 }).toInstant();
  const changes = showsYear ? [...site.changes, newYear] : [...site.changes];
  const [next] = changes.sort(Temporal.Instant.compare);
  return {
    from: now.epochMilliseconds,
    until: next?.epochMilliseconds ?? null,
    showsYear,
    texts: Object.fromEntries(options.sources.content.map(({ path, sha256 }) => [path, sha256])),
    pages: pages.map(({ url, title, lang }) => ({ path: outputPath(url), url, title, lang })),
    warnings: site.warnings,
    nextChange: next ? isoMoment(next.toZonedDateTimeISO(client.timezone)) : null,
    release: makeRelease(client.name, files),
    traces,
    areAll: true,
    reused,
  };
}
