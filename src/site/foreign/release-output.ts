import { fail } from '../../core/errors/index.ts';
import { step, tick, type Work } from '../../core/progress.ts';
import type { BuildResult } from '../build.ts';
import type { BuildStore, FinishedBuild } from '../build-store.ts';
import type { BuiltPage } from '../built-page.ts';
import { makeRelease, type Release, releaseContent } from '../release.ts';
import type { AssetSource } from '../source/sources.ts';
import { isHtml, outlineOf } from './outline.ts';

/** The maker of files that sec did not render: there are no traces of how they came to be. */
export const FOREIGN_MAKER = 'foreign';

/** What a generator left behind, or what lies in a folder of finished files. */
export interface ForeignOutput {
  /** With their paths below the web root. */
  readonly files: readonly AssetSource[];
  /** Hidden files in it that are no part of a site. */
  readonly leftOut: readonly string[];
  /** The beginning of a text file. */
  readonly headOf: (file: AssetSource) => string;
}

export interface ForeignRelease {
  readonly client: { readonly name: string; readonly config: { readonly locales: readonly string[] } };
  /** What errors call the output: as it stands in site.yaml. */
  readonly folder: string;
  readonly output: ForeignOutput;
  readonly store: BuildStore;
  /** Milliseconds since the build began. */
  readonly elapsed: () => number;
  readonly warnings: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Makes a release of files that sec did not make itself, and when all of it is in the store, the current build.
 *
 * @throws OUTPUT_REFUSED where there is no page in it, SOURCE_CHANGED; the last good build is kept then
 */
export async function* releaseOutput(options: ForeignRelease): Work<BuildResult> {
  const { client, folder, output, store, elapsed, signal } = options;
  const pages = output.files.filter(({ path }) => isHtml(path));
  if (pages.length === 0)
    throw fail('OUTPUT_REFUSED', {
      client: client.name,
      folder,
      problem:
        output.files.length === 0 ? `nothing is in ${folder}` : `there is not one HTML page in ${folder}`,
    });
  yield step(`Keeping ${pages.length} ${pages.length === 1 ? 'page' : 'pages'}`);
  for (const [n, file] of output.files.entries()) {
    if (!store.has(file)) store.putFile(file);
    if (n % 200 === 199 || n === output.files.length - 1) {
      yield tick(n + 1, output.files.length);
      signal.throwIfAborted();
    }
  }
  const release = makeRelease(
    client.name,
    output.files.map(({ path, sha256, size }) => [path, { sha256, size }]),
  );
  const main = client.config.locales[0] ?? 'en';
  const outline = pages.map((file) => outlineOf(file.path, output.headOf(file), main));
  store.commit(finishedForeign(release, outline), FOREIGN_MAKER);
  return {
    release,
    content: releaseContent(release, store.locate),
    pages: { total: pages.length, rendered: pages.length, reused: 0 },
    outline,
    warnings: [...options.warnings, ...leftOutWords(output.leftOut)],
    durationMs: Math.round(elapsed()),
  };
}

/** What is kept of a build by another generator: it is whole each time, so nothing of it serves the next one. */
export function finishedForeign(release: Release, pages: readonly BuiltPage[]): FinishedBuild {
  return {
    release,
    traces: {},
    whole: { pages, facts: () => [] },
    pageCount: pages.length,
    outline: release.digest,
    from: 0,
    until: 0,
    showsYear: false,
    texts: '',
    inParts: [],
    warnings: [],
    nextChange: null,
  };
}

function leftOutWords(paths: readonly string[]): string[] {
  if (paths.length === 0) return [];
  const more = paths.length > 3 ? ` and ${paths.length - 3} more` : '';
  return [`Hidden files are not published: ${paths.slice(0, 3).join(', ')}${more}`];
}
