import type { Digest } from '../core/digest.ts';
import type { Work } from '../core/progress.ts';
import type { BuildOptions, Built } from './build/build-options.ts';
import { changedTexts, outlineOf, standsStill, textsOf } from './build/outline.ts';
import { wholeSite } from './build/whole-site.ts';
import type { LastBuild } from './build-store.ts';
import type { BuiltPage } from './built-page.ts';
import type { Site, SiteInput } from './collect/collect.ts';
import { type Release, type ReleaseContent, releaseContent } from './release.ts';

export interface BuildResult {
  readonly release: Release;
  readonly content: ReleaseContent;
  readonly pages: { readonly total: number; readonly rendered: number; readonly reused: number };
  /** Worked out when it is asked for. */
  readonly outline: readonly BuiltPage[];
  readonly warnings: readonly string[];
  readonly durationMs: number;
  /** What it was built from, for whoever checks it; absent for a site that another program builds. */
  readonly site?: () => Site;
  /** The next moment at which the site changes by itself, ISO in the client's time zone. */
  readonly nextChange?: string;
  /** Of a site that another generator makes: digest of all that it was given. */
  readonly inputs?: Digest;
  /**
   * Makes a build that was only looked at the current one, if it is what these sources would give at this moment.
   *
   * @returns whether it is
   */
  readonly settle?: (input: SiteInput) => boolean;
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
    last && standsStill(last, outline, options.now) ? yield* buildChanged(options, last) : undefined;
  const built = quick ?? (yield* buildAnew(options, last));
  const { release, whole, pageCount, warnings, reused, nextChange } = built;
  const finished = { ...built, outline };
  if (options.isKept) store.commit(finished, maker);
  return {
    release,
    content: releaseContent(release, store.locate),
    pages: { total: pageCount, rendered: pageCount - reused, reused },
    get outline() {
      return whole?.pages ?? last?.pages() ?? [];
    },
    warnings: [...options.notices, ...warnings],
    durationMs: Math.round(elapsed() - begun),
    site: () => wholeSite(options),
    settle(input) {
      const isSame =
        standsStill(finished, outlineOf(input), input.now) && finished.texts === textsOf(input.sources);
      if (isSame) store.commit(finished, maker);
      return isSame;
    },
    ...(nextChange ? { nextChange } : {}),
  };
}

/** What renders is loaded when there is something to render: most of the time that a build without it takes. */
async function* buildAnew(options: BuildOptions, last: LastBuild | undefined): Work<Built> {
  const { buildAll } = await import('./build/build-all.ts');
  return yield* buildAll(options, last?.traces() ?? {});
}

/** @returns undefined where more must be looked at than the texts that changed */
async function* buildChanged(options: BuildOptions, last: LastBuild): Work<Built | undefined> {
  const release = last.release();
  if (!release || !last.isWhole(release)) return undefined;
  const changed = changedTexts(options.sources, last.texts);
  if (changed.length === 0) return { ...last, release, traces: {}, reused: last.pageCount };
  const { buildTexts } = await import('./build/build-texts.ts');
  return yield* buildTexts(options, last, { release, changed });
}
