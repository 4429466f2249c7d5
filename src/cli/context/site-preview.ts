import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { packageRoot } from '../../adapters/files/package-root.ts';
import { finish, step, type Work } from '../../core/progress.ts';
import type { BuildResult } from '../../site/build.ts';
import type { Served } from '../../web/loopback.ts';
import type { PreviewView } from '../../web/site-preview/session.ts';
import { type Client, openWorkspace, WORKSPACE_FILE, type Workspace } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { liveFiles } from './live-files.ts';
import { openAlarm } from './preview-alarm.ts';
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
  const [
    { openSession },
    { sitePreviewHandler },
    { serveLoopback },
    { watchFolders },
    { watchFile },
    { makerName },
  ] = await Promise.all([
    import('../../web/site-preview/session.ts'),
    import('../../web/site-preview/handler.ts'),
    import('../../web/loopback.ts'),
    import('../../adapters/watch/watch-folders.ts'),
    import('../../adapters/watch/watch-file.ts'),
    import('../../adapters/sources/maker.ts'),
  ]);
  const maker = makerName(packageRoot());
  let fresh = context;
  const alarm = openAlarm(context.clock, () => session.refresh());
  const session = openSession(view, {
    async build(wanted) {
      // Settings may be what was changed.
      const now = fresh.workspace().client(client.name);
      const result = await finish(buildSite(fresh, now, { ...buildFlags(wanted, now), maker }));
      const isOfNow = wanted.clock === undefined && result.nextChange !== undefined;
      alarm.set(isOfNow ? Temporal.Instant.from(result.nextChange) : undefined);
      return result;
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
  const { root } = context.workspace();
  const settings = watchFile(
    join(root, WORKSPACE_FILE),
    soon(() => {
      let opened: Workspace | undefined;
      fresh = { ...context, workspace: () => (opened ??= openWorkspace(root, root)) };
      return session.refresh();
    }),
  );
  const publications = watchFolders([join(client.stateDir, 'releases')], {
    changed: soon(() => session.compare()),
    passOver: (path) => path.includes(`${sep}objects`) || path.includes(`${sep}trees`),
  });
  yield step(`Building ${client.name} for the preview`);
  await session.refresh();
  // A host that is slow to answer does not keep the pages waiting.
  void session.compare();
  return {
    url: served.url,
    async close() {
      alarm.close();
      changes.close();
      settings.close();
      publications.close();
      await served.close();
    },
  };
}

/** Builds what a preview would show, once. */
export async function* buildView(context: Context, client: Client, view: PreviewView): Work<BuildResult> {
  return yield* buildSite(context, client, buildFlags(view, client));
}

/** Kept apart: what a preview shows with drafts must never be taken for the client's current build. */
const buildFlags = ({ drafts, future, clock }: PreviewView, { timezone, stateDir }: Client) => ({
  folder: join(stateDir, 'preview'),
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
