import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../adapters/files/package-root.ts';
import { checkPublish } from '../../approval/index.ts';
import type { Digest } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import type { Work } from '../../core/progress.ts';
import {
  isSettled,
  KEPT_RELEASES,
  type PublishPlan,
  planPublish,
  publish,
  type ReleaseStore,
  type StoredRelease,
  type Verification,
} from '../../publish/index.ts';
import type { Release, ReleaseContent } from '../../site/release.ts';
import type { Client } from '../../workspace/index.ts';
import { appendAudit } from './audit.ts';
import type { Context } from './context.ts';
import { claimFor, openClientHost } from './host.ts';

export interface PublishRequest {
  readonly release: Release;
  readonly content: ReleaseContent;
  /** One of the client's further hosts by name; its own host where absent. */
  readonly host?: string | undefined;
  readonly maxDeletes?: number | undefined;
  readonly requireApproval?: boolean | undefined;
  readonly action?: 'publish' | 'rollback';
  /** What was said while the release was built, for the receipt. */
  readonly warnings?: readonly string[];
}

/** What `--json` prints for a publication or a rollback. */
export interface PublishReceipt {
  readonly client: string;
  /** The place, such as `file:public/kaldi`. */
  readonly host: string;
  readonly release: Digest;
  /** False for a dry run, whose numbers say what would happen. */
  readonly applied: boolean;
  readonly uploaded: number;
  readonly removed: number;
  readonly unchanged: number;
  readonly verified: {
    readonly checked: number;
    readonly mismatched: number;
    readonly overHttp: number;
    readonly readBack: number;
  };
  readonly changes: {
    readonly added: readonly string[];
    readonly changed: readonly string[];
    readonly removed: readonly string[];
  };
  readonly warnings: readonly string[];
  /** Head of the audit log after this; absent where nothing was done. */
  readonly audit?: Digest;
  readonly durationMs: number;
}

/** A publication that can be looked at before it happens. */
export interface PreparedPublish {
  readonly plan: PublishPlan;
  /** Whether the host is as the release wants it already. */
  readonly settled: boolean;
  /** Asks the gate, so that nobody is asked for a yes that would be refused. @throws APPROVAL_MISSING, OUTSIDE_HOURS */
  permit(): void;
  /** The receipt of a dry run. */
  preview(): PublishReceipt;
  /** Does it. The gate is asked again: nothing goes round it. */
  apply(): Work<PublishReceipt>;
}

/**
 * Reads what is live on the client's host and plans what a release would change there. Nothing is changed.
 *
 * @throws HOST_MISSING, HOST_STATE_UNREADABLE and the other refusals of planning
 */
export async function preparePublish(
  context: Context,
  client: Client,
  request: PublishRequest,
): Promise<PreparedPublish> {
  const { release, content, action = 'publish' } = request;
  const started = performance.now();
  const host = await openClientHost(context, client, request.host);
  const guards = { maxDeletes: request.maxDeletes };
  const plan = planPublish(release, await host.state(), { ...guards, target: host.target });
  const settled = isSettled(plan);
  const permit = () => {
    const { requireApproval } = request;
    if (!settled)
      checkPublish(client, { release: release.digest, now: context.clock.now(), requireApproval });
  };
  const warnings = [...(request.warnings ?? [])];
  const receipt = (applied: boolean, verification?: Verification, audit?: Digest): PublishReceipt => ({
    ...receiptOf(plan, applied, verification),
    warnings,
    ...(audit === undefined ? {} : { audit }),
    durationMs: Math.round(performance.now() - started),
  });

  async function* apply(): Work<PublishReceipt> {
    permit();
    if (settled) return receipt(true);
    const store = await openReleases(client);
    await store.keep(release, content);
    const { httpSite } = await import('../../adapters/live/http.ts');
    const work = publish({
      release,
      content,
      host,
      plan,
      guards,
      claim: claimFor(context, client, action === 'publish' ? 'publishing' : 'rolling back'),
      site: httpSite(client.config.url, randomUUID(), context.signal),
      tool: `sec ${version()}`,
      clock: context.clock,
      signal: context.signal,
    });
    const { verification } = yield* noting(work, warnings);
    const done = receipt(true, verification);
    await remember(context, store, done, plan.parent, action);
    const { uploaded, removed } = done;
    const facts = {
      host: host.target,
      release: release.digest,
      parent: plan.parent ?? null,
      uploaded,
      removed,
    };
    const { hash } = await appendAudit(context, client, `site.${action}`, facts);
    const files = verification.mismatched;
    if (files.length > 0) throw fail('VERIFY_FAILED', { client: client.name, target: host.target, files });
    return receipt(true, verification, hash);
  }

  return { plan, settled, permit, preview: () => receipt(false), apply };
}

/** Prepares and does it in one go, for whoever has asked already. */
export async function* publishRelease(
  context: Context,
  client: Client,
  request: PublishRequest & { readonly dryRun?: boolean | undefined },
): Work<PublishReceipt> {
  const prepared = await preparePublish(context, client, request);
  if (request.dryRun) return prepared.preview();
  return yield* prepared.apply();
}

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

/** Passes on what a use case tells, and keeps its warnings for the receipt. */
async function* noting<Result>(work: Work<Result>, warnings: string[]): Work<Result> {
  for (;;) {
    const next = await work.next();
    if (next.done) return next.value;
    if (next.value.kind === 'warning') warnings.push(next.value.text);
    yield next.value;
  }
}

async function remember(
  context: Context,
  store: ReleaseStore,
  { host, release, uploaded, removed, unchanged }: PublishReceipt,
  parent: Digest | undefined,
  action: 'publish' | 'rollback',
): Promise<void> {
  const at = context.clock.now().toString({ smallestUnit: 'second' });
  const by = context.workspace().config.operator.name;
  const files = uploaded + unchanged;
  await store.record({
    at,
    action,
    target: host,
    release,
    parent: parent ?? null,
    by,
    files,
    uploaded,
    removed,
  });
  const live = new Map((await store.history()).map((entry) => [entry.target, entry.release]));
  await store.clean(KEPT_RELEASES, new Set(live.values()));
}

function receiptOf(
  plan: PublishPlan,
  applied: boolean,
  verification: Verification | undefined,
): Omit<PublishReceipt, 'durationMs' | 'audit' | 'warnings'> {
  const { checked = 0, mismatched = [], overHttp = 0, readBack = 0 } = verification ?? {};
  const uploads = (kind: 'new' | 'changed') =>
    plan.uploads.filter(({ change }) => change === kind).map(({ path }) => path);
  const removed = Object.keys(plan.removals);
  return {
    client: plan.client,
    host: plan.target,
    release: plan.release,
    applied,
    uploaded: plan.uploads.length,
    removed: removed.length,
    unchanged: plan.unchanged,
    verified: { checked, mismatched: mismatched.length, overHttp, readBack },
    changes: { added: uploads('new'), changed: uploads('changed'), removed },
  };
}

const version = (): string => JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')).version;
