import { sha256 } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import type { Problem } from '../../core/problem.ts';
import { step, type Work } from '../../core/progress.ts';
import type { BuildResult } from '../../site/build.ts';
import {
  type LiveChanges,
  liveChanges,
  type PathChanges,
  pathChanges,
} from '../../site/edit/live-changes.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import type { PreparedPublish, PublishReceipt } from './publish.ts';
import { buildSite, openBuild } from './site.ts';
import { checkChanged } from './site-check.ts';
import { isChange, type PendingEdit, saveEdit } from './site-edit.ts';

/** An edit that was built and compared with what is live, and is not written yet. */
export interface PreparedUpdate {
  readonly edit: PendingEdit;
  readonly build: BuildResult;
  /** Against the live site; against the last build where nothing is to be published. */
  readonly live: LiveChanges;
  /** What is wrong on the pages that change; it is said, and stops nothing. */
  readonly problems: readonly Problem[];
  /** Absent where nothing is to be published. */
  readonly publication?: PreparedPublish;
}

/**
 * Builds the site as it would be with an edit, and works out what that changes. Nothing is written but sec's own
 * scratch files, so a page that would break the site never reaches its folder.
 *
 * @throws what is wrong with the edited page or the site, and what `preparePublish` throws
 */
export async function* prepareUpdate(
  context: Context,
  client: Client,
  edit: PendingEdit,
  publish: boolean,
): Work<PreparedUpdate> {
  const build = yield* buildSite(context, client, { ...pendingFiles(edit), keep: false });
  if (!publish) {
    const before = pathChanges(await lastBuild(client), build.release.files);
    const problems = yield* checkPaths(context, client, build, before);
    return { edit, build, problems, live: liveChanges(before, build.outline) };
  }
  yield step('Comparing with the live site');
  const { preparePublish } = await import('./publish.ts');
  const publication = await preparePublish(context, client, build);
  const { changes } = publication.preview();
  const problems = yield* checkPaths(context, client, build, changes);
  return { edit, build, problems, publication, live: liveChanges(changes, build.outline) };
}

/**
 * Saves a prepared edit, and publishes it if it was prepared for that.
 *
 * @throws EDIT_CONFLICT, PAGE_EXISTS with nothing written; the refusals of the client's policy and of publishing,
 *   with the edit saved
 */
export async function* applyUpdate(
  context: Context,
  client: Client,
  { edit, build, publication }: PreparedUpdate,
  note: string,
): Work<PublishReceipt | undefined> {
  if (isChange(edit)) {
    await saveEdit(context, client, edit, note);
    yield step(`${edit.isGone ? 'Removed' : 'Saved'} ${edit.source.file}`);
  }
  const saved = yield* buildSite(context, client, { prepared: build });
  if (!publication) return undefined;
  if (saved.release.digest !== build.release.digest)
    throw fail('SOURCE_CHANGED', { file: `sites/${client.name}` });
  return yield* publication.apply();
}

const checkPaths = (context: Context, client: Client, build: BuildResult, { added, changed }: PathChanges) =>
  checkChanged(context, client, build, [...added, ...changed]);

/** What the build is to see in place of the files that are there. */
function pendingFiles({ source, text, isGone, pictures = [] }: PendingEdit) {
  const added = pictures.map(({ folder, source: picture }) => ({ folder, source: picture }));
  if (isGone) return { without: [source.path], added };
  return { instead: [{ ...source, text, sha256: sha256(text) }], added };
}

async function lastBuild(client: Client) {
  try {
    return (await openBuild(client)).release.files;
  } catch {
    return new Map<string, { sha256: string }>();
  }
}
