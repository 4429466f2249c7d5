import type { Digest } from '../../core/digest.ts';
import { step, type Work } from '../../core/progress.ts';
import {
  type Drift,
  findDrift,
  type HostState,
  headersDigest,
  type LockRecord,
  optionsOf,
  planPublish,
} from '../../publish/index.ts';
import type { Client } from '../../workspace/index.ts';
import { approvedUnder } from './approval.ts';
import type { Context } from './context.ts';
import { openClientHost } from './host.ts';
import { buildSite } from './site.ts';

/** What `sec site status --json` prints. Digests of releases; null where there is none. */
export interface SiteStatus {
  readonly client: string;
  readonly host: string;
  readonly live: Digest | null;
  /** When the live release was published, ISO 8601. */
  readonly published: string | null;
  readonly built: Digest;
  /** Under which approval the built release may go live; null while there is none. */
  readonly approved: Digest | null;
  readonly approval: 'none' | 'prices' | 'required';
  /** What somebody else changed on the host since it was published. */
  readonly drift: readonly Drift[];
  /** Files that a publication would bring or remove now. */
  readonly pending: { readonly uploads: number; readonly removals: number };
  /** A publication that was stopped in the middle and waits to be run again. */
  readonly interrupted: boolean;
  readonly lockedBy: Pick<LockRecord, 'owner' | 'since' | 'doing'> | null;
  /** When the site will change by itself, ISO 8601 in the client's time zone. */
  readonly nextChange: string | null;
}

/** Builds the site, reads the host, and compares the two with what was published. Changes nothing on the host. */
export async function* siteStatus(
  context: Context,
  client: Client,
  { host: hostName, deep = false }: { readonly host?: string | undefined; readonly deep?: boolean } = {},
): Work<SiteStatus> {
  const host = await openClientHost(context, client, hostName);
  const { release, nextChange } = yield* buildSite(context, client);
  yield step(`Reading ${host.target}`);
  const state = await host.state();
  const drift = state.kind === 'present' ? findDrift(state, await host.survey({ deep })) : [];
  const lock = await host.lock();
  const maxDeletes = Number.POSITIVE_INFINITY;
  const { uploads, removals } = planPublish(release, state, { ...optionsOf(host), maxDeletes });
  const approved = await approvedUnder(context, client, {
    subject: release.digest,
    base: state.kind === 'present' ? state.manifest.release : null,
    target: host.target,
    headers: headersDigest(release, host),
  });
  return {
    client: client.name,
    host: host.target,
    ...liveRelease(state),
    built: release.digest,
    approved,
    approval: client.config.policy.approval.site,
    drift,
    pending: { uploads: uploads.length, removals: Object.keys(removals).length },
    interrupted: state.kind === 'present' && state.interrupted !== undefined,
    lockedBy: lock ? { owner: lock.owner, since: lock.since, doing: lock.doing } : null,
    nextChange: nextChange ?? null,
  };
}

function liveRelease(state: HostState): Pick<SiteStatus, 'live' | 'published'> {
  if (state.kind === 'absent' || Object.keys(state.manifest.files).length === 0)
    return { live: null, published: null };
  return { live: state.manifest.release, published: state.manifest.published };
}
