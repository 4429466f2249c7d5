import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { step, type Work } from '../../core/progress.ts';
import { type LiveChanges, liveChanges, pathChanges } from '../../site/edit/live-changes.ts';
import { outputPath } from '../../site/page/address.ts';
import type { SharePage } from '../../web/share-page.ts';
import type { PreviewView } from '../../web/site-preview/session.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { liveFiles } from './live-files.ts';
import { refuseLivePlace } from './live-places.ts';
import { buildView } from './site-preview.ts';

/** What `sec site preview --share --json` prints. */
export interface SharedPreview {
  readonly client: string;
  readonly release: string;
  /** Absolute path of the bundle; its last part cannot be guessed. */
  readonly folder: string;
  readonly pages: number;
  /** Null where the live site could not be asked. */
  readonly live: LiveChanges | null;
}

/** Below the bundle's first page. */
const SITE = 'site';

/**
 * Writes a client's site, as it would be, into a folder that works wherever it is put: opened from the disk, or
 * below an address that only those know who are told it.
 *
 * @param out where the folder is made; the client's own state unless named
 * @param firstPage in place of the usual list of what would change
 * @throws PLACE_LIVE, and what is wrong with the sources
 */
export async function* shareSite(
  context: Context,
  client: Client,
  view: PreviewView,
  out: string | undefined,
  firstPage?: (page: SharePage) => { readonly text: string },
): Work<SharedPreview> {
  const [{ sharePage }, { isShared, sharedText }, { privateFolder }] = await Promise.all([
    import('../../web/share-page.ts'),
    import('../../site/share/shared-file.ts'),
    import('../../adapters/files/atomic.ts'),
  ]);
  if (out !== undefined) await refuseLivePlace(context, out);
  const build = yield* buildView(context, client, view);
  yield step('Comparing with the live site');
  const live = await liveFiles(context, client);
  const { release, content, outline } = build;
  const changes =
    live.kind === 'known' ? liveChanges(pathChanges(live.files, release.files), outline) : undefined;

  const folder = join(out ?? privateFolder(join(client.stateDir, 'share')), randomBytes(16).toString('hex'));
  const has = (path: string) => release.files.has(path) && isShared(path);
  const link = (url: string) => (has(outputPath(url)) ? encodeURI(`${SITE}/${outputPath(url)}`) : undefined);
  const made = moment(context.clock.now(), client.timezone);
  const facts = { name: client.config.name, made, changes, link, notes: notesOf(view) };
  const first = (firstPage ?? sharePage)(facts);
  const part = `${folder}.part`;
  const place = (path: string) => {
    const file = join(part, path);
    mkdirSync(dirname(file), { recursive: true });
    return file;
  };
  yield step(`Writing ${outline.length} ${outline.length === 1 ? 'page' : 'pages'} to share`);
  try {
    writeFileSync(place('index.html'), first.text);
    writeFileSync(place('robots.txt'), 'User-agent: *\nDisallow: /\n');
    for (const path of [...release.files.keys()].filter(has)) {
      const location = content.locate(path);
      const text = sharedText(path, () => readFileSync(location, 'utf8'), has);
      const target = place(`${SITE}/${path}`);
      if (text === undefined) copyFileSync(location, target);
      else writeFileSync(target, text);
      context.signal.throwIfAborted();
    }
    renameSync(part, folder);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    throw error;
  }
  return {
    client: client.name,
    release: release.digest,
    folder,
    pages: outline.length,
    live: changes ?? null,
  };
}

function notesOf({ drafts, future, clock }: PreviewView): string[] {
  return [
    ...(drafts ? ['Drafts are shown too.'] : []),
    ...(future ? ['Pages whose day has not come are shown too.'] : []),
    ...(clock === undefined ? [] : [`Shown as it would be on ${clock}.`]),
  ];
}

const moment = (at: Temporal.Instant, timezone: string) =>
  at.toZonedDateTimeISO(timezone).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
