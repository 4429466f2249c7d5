import { join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { fail } from '../../core/errors/index.ts';
import type { Work } from '../../core/progress.ts';
import type { BuildResult } from '../../site/build.ts';
import type { Release, ReleaseContent } from '../../site/release.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';

export interface BuildFlags {
  /** Shows the site as of another moment. */
  readonly clock?: Clock | undefined;
  readonly drafts?: boolean | undefined;
  readonly future?: boolean | undefined;
  /** Also writes the site as a plain folder, absolute. */
  readonly out?: string | undefined;
}

/** Where the builds of a client are kept. */
export const buildDir = (client: Client) => join(client.stateDir, 'build');

/**
 * Builds a client's site.
 *
 * @throws THEME_MISSING, BUILD_FOREIGN, and what is wrong with the sources; the last good build is kept then
 */
export async function* buildSite(
  context: Context,
  client: Client,
  flags: BuildFlags = {},
): Work<BuildResult> {
  if (client.config.build !== 'builtin') throw fail('BUILD_FOREIGN', { client: client.name });
  const begun = performance.now();
  const workspace = context.workspace();
  const [
    { findTheme },
    { readSite },
    { pictureMeasure },
    { buildFolder },
    { makerName },
    { buildSite: build },
  ] = await Promise.all([
    import('../../adapters/sources/themes.ts'),
    import('../../adapters/sources/read-site.ts'),
    import('../../adapters/sources/pictures.ts'),
    import('../../adapters/sources/build-folder.ts'),
    import('../../adapters/sources/maker.ts'),
    import('../../site/build.ts'),
  ]);
  const store = buildFolder(buildDir(client), client.name);
  const pictures = pictureMeasure(buildDir(client));
  const folders = {
    site: client.siteDir,
    theme: findTheme(workspace.root, client.config.theme, client.name),
    extra: [],
  };
  const sources = await readSite(folders, workspace.relative, pictures.measure);
  pictures.save();
  const result = yield* build({
    client,
    sources,
    promotions: [],
    now: (flags.clock ?? context.clock).now(),
    drafts: flags.drafts ?? false,
    future: flags.future ?? false,
    store,
    maker: makerName(),
    elapsed: () => performance.now() - begun,
    signal: context.signal,
  });
  if (flags.out !== undefined) {
    const { writeOut } = await import('../../adapters/sources/out-folder.ts');
    const listFile = join(buildDir(client), 'out.json');
    writeOut(flags.out, result, { listFile, name: workspace.relative(flags.out) });
  }
  return result;
}

/**
 * The newest build of a client, or the one that a digest names.
 *
 * @throws RELEASE_UNKNOWN
 */
export async function openBuild(
  client: Client,
  digest?: string,
): Promise<{ release: Release; content: ReleaseContent }> {
  const { findBuild } = await import('../../adapters/sources/build-folder.ts');
  const found = findBuild(buildDir(client), client.name, digest);
  if (!found) throw fail('RELEASE_UNKNOWN', { release: digest ?? 'newest', client: client.name });
  return found;
}
