import { fail } from '../../core/errors/index.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { openClientHost } from './host.ts';
import { type PreparedPublish, preparePublish } from './publish.ts';
import { openReleases } from './releases.ts';

export interface RollbackRequest {
  /** The beginning of the digest to go back to; the release before the live one where absent. */
  readonly release?: string | undefined;
  readonly host?: string | undefined;
  readonly maxDeletes?: number | undefined;
  readonly requireApproval?: boolean | undefined;
  readonly acceptDrift?: boolean | undefined;
}

/**
 * Prepares to go back: publishing an old tree, through the same gate and the same plan as any other.
 *
 * @throws RELEASE_UNKNOWN, ROLLBACK_IMPOSSIBLE, and what planning throws
 */
export async function prepareRollback(
  context: Context,
  client: Client,
  { release: wanted, ...request }: RollbackRequest,
): Promise<PreparedPublish> {
  const store = await openReleases(client);
  const { release, content } = await store.find(
    wanted ?? (await releaseBefore(context, client, request.host)),
  );
  return preparePublish(context, client, { ...request, release, content, action: 'rollback' });
}

/** The parent that the live manifest names, if it is kept here. */
async function releaseBefore(context: Context, client: Client, host: string | undefined): Promise<string> {
  const state = await (await openClientHost(context, client, host)).state();
  const parent = state.kind === 'present' ? state.manifest.parent : null;
  const kept = await (await openReleases(client)).kept();
  if (parent === null || !kept.has(parent)) throw fail('ROLLBACK_IMPOSSIBLE', { client: client.name });
  return parent;
}
