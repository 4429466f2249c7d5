import type { Permit } from '../../approval/index.ts';
import type { Digest } from '../../core/digest.ts';
import {
  KEPT_RELEASES,
  type PublishedRecord,
  type PublishPlan,
  type ReleaseStore,
  type StoredRelease,
} from '../../publish/index.ts';
import type { Client } from '../../workspace/index.ts';
import { appendAudit } from './audit.ts';
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

/** A plan as the history will have it. */
export function historyEntry(
  context: Context,
  { target, release, parent, uploads, removals, unchanged }: PublishPlan,
  action: PublishedRecord['action'],
): PublishedRecord {
  return {
    at: context.clock.now().toString({ smallestUnit: 'second' }),
    action,
    target,
    release,
    parent: parent ?? null,
    by: context.workspace().config.operator.name,
    files: uploads.length + unchanged,
    uploaded: uploads.length,
    removed: Object.keys(removals).length,
  };
}

/**
 * Records what went live, in the audit log and then in the client's history, and lets go of the oldest releases.
 *
 * @returns the new head of the audit log
 */
export async function recordPublished(
  context: Context,
  client: Client,
  store: ReleaseStore,
  entry: PublishedRecord,
  permit?: Permit,
): Promise<Digest> {
  const { target: host, release, parent, uploaded, removed } = entry;
  const approval = permit ? { approval: permit.statements.join(' '), tier: permit.tier } : {};
  const facts = { host, release, parent, uploaded, removed, ...approval };
  const { hash } = await appendAudit(context, client, `site.${entry.action}`, facts);
  await store.record(entry);
  await store.drop(await store.surplus(KEPT_RELEASES, await liveReleases(store)));
  return hash;
}

/** The release that was last published to each host. */
async function liveReleases(store: ReleaseStore): Promise<ReadonlySet<Digest>> {
  const last = new Map((await store.history()).map((past) => [past.target, past.release]));
  return new Set<Digest>(last.values());
}

/** What `sec site clean --json` prints. */
export interface CleanReceipt {
  readonly client: string;
  /** Digests of the releases that were let go, or would be. */
  readonly removed: readonly Digest[];
  readonly kept: number;
  readonly applied: boolean;
}

/** Lets go of a client's oldest releases on this computer; those that are live on a host always stay. */
export async function cleanReleases(
  client: Client,
  { keep, isDryRun }: { readonly keep: number; readonly isDryRun: boolean },
): Promise<CleanReceipt> {
  const store = await openReleases(client);
  const before = await store.kept();
  const removed = await store.surplus(keep, await liveReleases(store));
  if (!isDryRun) await store.drop(removed);
  return { client: client.name, removed, kept: before.size - removed.length, applied: !isDryRun };
}

/** Records what an earlier run made live and could not record any more, for it died or its disk was full. */
export async function recordLeftover(
  context: Context,
  client: Client,
  store: ReleaseStore,
  { target, parent: live }: PublishPlan,
): Promise<void> {
  const intended = await store.intended();
  if (intended && intended.target === target && intended.release === live)
    await recordPublished(context, client, store, intended);
}
