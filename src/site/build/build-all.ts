import { step, type Work } from '../../core/progress.ts';
import type { PageTrace, Traces } from '../build-store.ts';
import type { BuiltPage } from '../built-page.ts';
import type { Site } from '../collect/collect.ts';
import { extraFiles } from '../output/extras.ts';
import { createFilePlan } from '../output/file-plan.ts';
import { outputPath } from '../page/address.ts';
import { isoMoment } from '../page/moment.ts';
import type { Page } from '../page/page.ts';
import { picturesOfPages } from '../pictures/used-pictures.ts';
import { makeRelease, type ReleaseFile } from '../release.ts';
import { chooseLayout } from '../render/choose-layout.ts';
import { isUnchanged } from '../render/facts.ts';
import { factsToKeep } from '../render/kept-facts.ts';
import { siteFacts } from '../render/site-facts.ts';
import type { AssetSource } from '../source/sources.ts';
import type { BuildOptions, Built } from './build-options.ts';
import { CREW_PAGES, type Shift } from './crew.ts';
import { makePages, type WantedPage } from './make-pages.ts';
import { makePictures } from './make-pictures.ts';
import { textsOf } from './outline.ts';
import { pageMaker } from './page-maker.ts';
import { fileOf, ownDigest } from './renderer.ts';
import { wholeSite } from './whole-site.ts';

/**
 * Looks at every page of a site, and renders those that would not come out as the last build left them.
 *
 * @param before how the pages of the last build came to be
 */
export async function* buildAll(options: BuildOptions, before: Traces): Work<Built> {
  const isMuch = options.sources.content.length - Object.keys(before).length >= CREW_PAGES;
  return yield* buildPages(options, before, isMuch ? options.crew?.begin(options) : undefined);
}

async function* buildPages(options: BuildOptions, before: Traces, shift: Shift | undefined): Work<Built> {
  const { client, store, signal } = options;
  const site = wholeSite(options);
  const { pages } = site.model;
  yield step(`Building ${pages.length} ${pages.length === 1 ? 'page' : 'pages'}`);
  const facts = siteFacts(site);
  const maker = pageMaker(site, facts);
  const traces: Record<string, PageTrace> = {};
  const plan = createFilePlan<() => ReleaseFile>();
  const wanted: WantedPage[] = [];
  for (const page of pages) {
    const layout = chooseLayout(page, maker.templates, client.config.kinds, site.siteFile);
    const last = before[page.id];
    const isKept =
      last && last.own === ownDigest(page, layout, site) && isUnchanged(last.reads, facts) && store.has(last);
    if (isKept) traces[page.id] = last;
    else wanted.push({ page, layout });
    plan.add(page.url, page.file, () => traceFile(traces[page.id]));
  }
  const shared = shift?.share(wanted.map(({ page }) => page.id));
  options.keepSources();
  const extras = extraFiles(site);
  const outline = pages.map(builtPage);
  const made = yield* makePages(wanted, { maker, store, shared, signal });
  for (const [id, trace] of made.traces) traces[id] = trace;

  const keepText = (text: string): ReleaseFile => {
    const file = fileOf(text);
    store.putText(file.sha256, text);
    return file;
  };
  const keepFile = (source: AssetSource): ReleaseFile => {
    if (!store.has(source)) store.putFile(source);
    return { sha256: source.sha256, size: source.size };
  };
  const pictures = picturesOfPages(traces, site);
  const { variants, instead } = yield* makePictures(site, pictures, options.pictures);
  for (const file of site.files.published)
    plan.add(file.address, 'source' in file ? file.source.file : file.file, () =>
      'text' in file ? keepText(file.text) : keepFile(instead.get(file.address) ?? file.source),
    );
  for (const { address, made } of variants) plan.add(address, made.file, () => keepFile(made));
  for (const { address, file, text, yields } of extras)
    if (!yields || !plan.has(address)) plan.add(address, file, () => keepText(text));

  const files = Array.from(plan.entries, ([path, keep]) => [path, keep()] as const);
  return {
    ...timesOf(site, traces),
    texts: textsOf(options.sources),
    pageCount: pages.length,
    inParts: Array.from(site.pagers)
      .filter(([, { urls }]) => urls.length > 1)
      .map(([id]) => id),
    warnings: site.warnings,
    release: makeRelease(client.name, files),
    traces,
    whole: {
      pages: outline,
      facts: () => factsToKeep(Object.values(traces), (name) => made.facts.get(name) ?? facts.kept(name)),
    },
    reused: pages.length - wanted.length,
  };
}

const builtPage = ({ url, title, lang, part }: Page): BuiltPage => ({
  path: outputPath(url),
  url,
  title: part ? `${title} (${part})` : title,
  lang,
});

function traceFile(trace: PageTrace | undefined): ReleaseFile {
  if (!trace) throw new TypeError('Every page was made or kept.');
  return { sha256: trace.sha256, size: trace.size };
}

/** Since when and until when the site is what it is now, if nobody changes anything. */
function timesOf({ now, client, changes }: Site, traces: Traces) {
  const showsYear = Object.values(traces).some(({ reads }) => reads.has('year:'));
  const here = now.toZonedDateTimeISO(client.timezone);
  const newYear = here.with({ month: 1, day: 1 }).startOfDay().add({ years: 1 }).toInstant();
  const [next] = [...changes, ...(showsYear ? [newYear] : [])].sort(Temporal.Instant.compare);
  return {
    from: now.epochMilliseconds,
    until: next?.epochMilliseconds ?? null,
    showsYear,
    nextChange: next ? isoMoment(next.toZonedDateTimeISO(client.timezone)) : null,
  };
}
