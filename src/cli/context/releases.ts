import type { Digest } from '../../core/digest.ts';
import {
  KEPT_RELEASES,
  type PublishPlan,
  type ReleaseStore,
  type StoredRelease,
} from '../../publish/index.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';

/**
 * A release by the beginning of its digest: one that was published from here, or one that was built here.
 *
 * @throws RELEASE_UNKNOWN
 */
export async function findRelease(client: Client, digest: string): Promise<StoredRelease> {
  try {
    return await (await openReleases(client)).find(digest);
  } catch (error) {
    const { openBuild } = await import('./site.ts');
    return openBuild(client, digest).catch(() => {
      throw error;
    });
  }
}

/** The releases that were published for a client from this computer. */
export async function openReleases(client: Client): Promise<ReleaseStore> {
  const { releaseStore } = await import('../../adapters/releases/store.ts');
  return releaseStore(client.name, client.stateDir);
}

/** Notes a publication in the client's history, and lets go of the oldest releases. */
export async function rememberPublished(
  context: Context,
  store: ReleaseStore,
  plan: PublishPlan,
  action: 'publish' | 'rollback',
): Promise<void> {
  const { target, release, parent, uploads, removals, unchanged } = plan;
  await store.record({
    at: context.clock.now().toString({ smallestUnit: 'second' }),
    action,
    target,
    release,
    parent: parent ?? null,
    by: context.workspace().config.operator.name,
    files: uploads.length + unchanged,
    uploaded: uploads.length,
    removed: Object.keys(removals).length,
  });
  const live = new Map((await store.history()).map((entry) => [entry.target, entry.release]));
  await store.clean(KEPT_RELEASES, new Set<Digest>(live.values()));
}
