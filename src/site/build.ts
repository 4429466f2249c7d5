import type { Digest } from '../core/digest.ts';
import type { Work } from '../core/progress.ts';
import { buildAll } from './build/build-all.ts';
import { buildTexts } from './build/build-texts.ts';
import type { Crew } from './build/crew.ts';
import { outlineOf, standsStill } from './build/outline.ts';
import { wholeSite } from './build/whole-site.ts';
import type { BuildStore, FinishedBuild } from './build-store.ts';
import type { Site, SiteInput } from './collect/collect.ts';
import type { PictureMaker } from './pictures/picture-maker.ts';
import { type Release, type ReleaseContent, releaseContent } from './release.ts';

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
  /** Of a site that another generator makes: digest of all that it was given. */
  readonly inputs?: Digest;
}

export interface BuildOptions extends SiteInput {
  readonly store: BuildStore;
  /** Names the version of all that makes the bytes; what another one made is not reused. */
  readonly maker: string;
  /** Milliseconds of a steady clock, for the figure in the result. */
  readonly elapsed: () => number;
  readonly signal?: AbortSignal | undefined;
  readonly pictures: PictureMaker;
  /** Further cores, where the machine has them. */
  readonly crew?: Crew | undefined;
}

/** A build before it is the current one. */
export interface Built extends Omit<FinishedBuild, 'outline'> {
  /** Pages that came out as they were without being rendered. */
  readonly reused: number;
}

/**
 * Builds a site: reads, renders what changed, and only when all of it is there makes it the current build. The
 * same sources, promotions and moment give the same digest on every machine.
 *
 * @throws whatever is wrong with the sources; the last good build is kept then
 */
export async function* buildSite(options: BuildOptions): Work<BuildResult> {
  const { store, maker, elapsed } = options;
  const begun = elapsed();
  const outline = outlineOf(options);
  const last = store.last(maker);
  const quick =
    last && standsStill(last, outline, options.now) ? yield* buildTexts(options, last) : undefined;
  const built = quick ?? (yield* buildAll(options, last?.traces() ?? {}));
  const { release, pages, warnings, reused, nextChange } = built;
  store.commit({ ...built, outline }, maker);
  return {
    release,
    content: releaseContent(release, store.locate),
    pages: { total: pages.length, rendered: pages.length - reused, reused },
    outline: pages,
    warnings,
    durationMs: Math.round(elapsed() - begun),
    site: () => wholeSite(options),
    ...(nextChange ? { nextChange } : {}),
  };
}
