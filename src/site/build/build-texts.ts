import { step, type Work } from '../../core/progress.ts';
import type { LastBuild, PageTrace } from '../build-store.ts';
import { outputPath } from '../page/address.ts';
import type { Page } from '../page/page.ts';
import { readPage } from '../page/read-page.ts';
import { isVisible } from '../page/visible.ts';
import { makeRelease, type Release, type ReleaseFile } from '../release.ts';
import { chooseLayout } from '../render/choose-layout.ts';
import { keptFacts } from '../render/kept-facts.ts';
import type { PageSource } from '../source/sources.ts';
import type { BuildOptions, Built } from './build-options.ts';
import { textsOf } from './outline.ts';
import { pageMaker } from './page-maker.ts';
import { stillSite } from './still-site.ts';

/**
 * Renders the pages whose own text changed, for a site that is otherwise what it was. They find what they read
 * of it as it was kept; the site itself is arranged only for what no page had read before.
 *
 * @param changed the texts that are not what they were
 * @returns undefined where more than that must be looked at
 */
export async function* buildTexts(
  options: BuildOptions,
  last: LastBuild,
  { release, changed }: { readonly release: Release; readonly changed: readonly PageSource[] },
): Work<Built | undefined> {
  const { store, client } = options;
  const pages = changed.flatMap((source) => pageOf(source, options));
  // A list that goes on on further pages has its text on each of them.
  if (pages.some(({ id }) => last.inParts.includes(id))) return undefined;
  yield step(`Building ${pages.length} of ${last.pageCount} pages`);
  const site = stillSite(options);
  const facts = keptFacts(last.fact, () => site.facts);
  const maker = pageMaker(site, facts);
  const traces: Record<string, PageTrace> = {};
  const files = new Map<string, ReleaseFile>(release.files);
  for (const page of pages) {
    const layout = chooseLayout(page, maker.templates, client.config.kinds, site.siteFile);
    const { html, trace } = await maker.make(page, layout);
    if (trace.reads.has('year:') && !last.showsYear) return undefined;
    if (picturesIn([...trace.reads.keys()]) !== picturesIn(last.reads(page.id) ?? [])) return undefined;
    traces[page.id] = trace;
    store.putText(trace.sha256, html);
    files.set(outputPath(page.url), { sha256: trace.sha256, size: trace.size });
  }
  return {
    ...last,
    texts: textsOf(options.sources),
    release: makeRelease(client.name, files),
    traces,
    reused: last.pageCount - pages.length,
  };
}

/** The pictures that are asked about: of others, other sizes would have to be made. */
const picturesIn = (reads: readonly string[]): string =>
  reads
    .filter((name) => /^(picture|share):/.test(name))
    .sort()
    .join('\n');

/** The page of a text, if it is on the site. */
function pageOf(source: PageSource, { client, ...visibility }: BuildOptions): Page[] {
  const settings = { locales: client.config.locales, timezone: client.timezone };
  const page = readPage(source, settings);
  return 'foreign' in page || !isVisible(page, visibility) ? [] : [page];
}
