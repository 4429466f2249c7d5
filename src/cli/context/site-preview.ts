import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { packageRoot } from '../../adapters/files/package-root.ts';
import { finish, step, type Work } from '../../core/progress.ts';
import type { BuildResult } from '../../site/build.ts';
import type { Served } from '../../web/loopback.ts';
import type { PreviewView } from '../../web/site-preview/session.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { liveFiles } from './live-files.ts';
import { explainProblem } from './preview-problem.ts';
import { readClock } from './read-clock.ts';
import { buildSite } from './site.ts';

/** Long enough for an editor that saves in several steps, too short to be felt. */
const QUIET_MS = 12;

/**
 * Serves a client's site as it would be, to this machine only, and follows every change of its files.
 *
 * @throws PORT_TAKEN, and what is wrong with the client's site.yaml at the start
 */
export async function* openSitePreview(
  context: Context,
  client: Client,
  view: PreviewView,
  port: number | undefined,
): Work<Served> {
  const [{ openSession }, { sitePreviewHandler }, { serveLoopback }, { watchFolders }, { previewBuilds }] =
    await Promise.all([
      import('../../web/site-preview/session.ts'),
      import('../../web/site-preview/handler.ts'),
      import('../../web/loopback.ts'),
      import('../../adapters/watch/watch-folders.ts'),
      import('../../adapters/sources/preview-builds.ts'),
    ]);
  const store = previewBuilds(join(client.stateDir, 'preview'));
  const session = openSession(view, {
    build: (wanted) => {
      // Settings may be what was changed.
      const now = context.workspace().client(client.name);
      return finish(buildSite(context, now, { ...buildFlags(wanted, now), store }));
    },
    readLive: () => liveFiles(context, client),
    explain: (error) => explainProblem(error, context.workspace().root),
  });
  const key = randomBytes(16).toString('hex');
  const handler = sitePreviewHandler({ session, liveUrl: client.config.url, key });
  const served = await serveLoopback(handler, port);
  const changes = watchFolders(sourceFolders(context, client), {
    changed: soon(() => session.refresh()),
    passOver: isOutput(client),
  });
  const publications = watchFolders([join(client.stateDir, 'releases')], {
    changed: soon(() => session.compare()),
    passOver: (path) => path.includes(`${sep}objects`) || path.includes(`${sep}trees`),
  });
  yield step(`Building ${client.name} for the preview`);
  await session.refresh();
  store.save();
  // A host that is slow to answer does not keep the pages waiting.
  void session.compare();
  return {
    url: served.url,
    async close() {
      changes.close();
      publications.close();
      await served.close();
      store.save();
    },
  };
}

/** Builds what a preview would show, once. */
export async function* buildView(context: Context, client: Client, view: PreviewView): Work<BuildResult> {
  const { previewBuilds } = await import('../../adapters/sources/preview-builds.ts');
  const store = previewBuilds(join(client.stateDir, 'preview'));
  const result = yield* buildSite(context, client, { ...buildFlags(view, client), store });
  store.save();
  return result;
}

const buildFlags = ({ drafts, future, clock }: PreviewView, { timezone }: Client) => ({
  drafts,
  future,
  clock: clock === undefined ? undefined : readClock(clock, timezone),
});

/** All that a client's site is made of, its theme's own files among them. */
function sourceFolders(context: Context, client: Client): string[] {
  const { root } = context.workspace();
  const themes = [root, packageRoot()].map((place) => join(place, 'templates', 'site', client.config.theme));
  return [client.siteDir, client.campaignsDir, ...themes.filter((dir) => existsSync(dir))];
}

/** What another program writes into the site's folder while it builds would start the next build. */
function isOutput({ siteDir, config }: Client): (path: string) => boolean {
  const { build } = config;
  const output = build === 'builtin' || 'copy' in build ? undefined : join(siteDir, build.output);
  return (path) => {
    const name = basename(path);
    if (name === 'node_modules' || name.endsWith('~') || name.endsWith('.tmp')) return true;
    if (name.startsWith('.') && name !== '.well-known') return true;
    return output !== undefined && (path === output || path.startsWith(output + sep));
  };
}

/** Calls once for many calls in a row. */
function soon(call: () => unknown): () => void {
  let timer: NodeJS.Timeout | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(call, QUIET_MS);
  };
}
