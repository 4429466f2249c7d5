import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../adapters/files/package-root.ts';
import { checkPublish, type Permit } from '../../approval/index.ts';
import type { Digest } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import { type Work, warning } from '../../core/progress.ts';
import {
  type Drift,
  driftUnder,
  headersDigest,
  isSettled,
  type Manner,
  optionsOf,
  type PublishPlan,
  pathsToBringAgain,
  planPublish,
  publish,
  touchedPaths,
  type Verification,
} from '../../publish/index.ts';
import type { Release, ReleaseContent } from '../../site/release.ts';
import type { Client } from '../../workspace/index.ts';
import { openBook } from './approval.ts';
import type { Context } from './context.ts';
import { claimFor, openClientHost } from './host.ts';
import { planChangesPrices } from './price-changes.ts';
import { type PublishReceipt, receiptOf } from './publish-receipt.ts';
import { historyEntry, openReleases, recordLeftover, recordPublished } from './releases.ts';

export type { PublishReceipt } from './publish-receipt.ts';

export interface PublishRequest {
  readonly release: Release;
  readonly content: ReleaseContent;
  /** One of the client's further hosts by name; its own host where absent. */
  readonly host?: string | undefined;
  readonly maxDeletes?: number | undefined;
  readonly requireApproval?: boolean | undefined;
  /** Whether what others changed on the host makes way, wherever on the site; a copy of it is kept. */
  readonly acceptDrift?: boolean | undefined;
  readonly action?: 'publish' | 'rollback';
  /** What the build warned of: said again here, and part of the receipt. */
  readonly warnings?: readonly string[];
}

/** A publication that can be looked at before it happens. */
export interface PreparedPublish {
  readonly plan: PublishPlan;
  /** Whether the host is as the release wants it already. */
  readonly settled: boolean;
  /** What others changed on the host where the plan would replace or remove it. Looks at those files once. */
  drift(): Promise<readonly Drift[]>;
  /** How the release goes live on that host. */
  manner(): Promise<Manner>;
  /** Asks the gate, so that nobody is asked for a yes that would be refused. @throws APPROVAL_…, POLICY_UNAPPROVED, OUTSIDE_HOURS */
  permit(): Permit | undefined;
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
  const state = await host.state();
  const again = request.acceptDrift ? pathsToBringAgain(state, await host.survey()) : undefined;
  const plan = planPublish(release, state, { ...guards, again, ...optionsOf(host) });
  const settled = isSettled(plan);
  const book = await openBook(context, client);
  const isAboutPrices = !settled && client.config.policy.approval.site === 'prices';
  const touchesPrices = isAboutPrices && (await planChangesPrices(client, plan, content));
  const permit = (): Permit | undefined => {
    if (settled) return undefined;
    return checkPublish(client, {
      release: release.digest,
      base: plan.parent ?? null,
      target: host.target,
      headers: headersDigest(release, host),
      now: context.clock.now(),
      requireApproval: request.requireApproval,
      isRollback: action === 'rollback',
      changesPrices: () => touchesPrices,
      book,
    });
  };
  const drift = async () =>
    driftUnder(plan, release, state, await host.survey({ paths: touchedPaths(plan) }));
  const warnings: string[] = [];
  let approval: Permit | undefined;
  const receipt = (applied: boolean, verification?: Verification, audit?: Digest): PublishReceipt => ({
    ...receiptOf(plan, applied, verification),
    warnings,
    ...(approval === undefined ? {} : { approval }),
    ...(audit === undefined ? {} : { audit }),
    durationMs: Math.round(performance.now() - started),
  });

  async function* apply(): Work<PublishReceipt> {
    approval = permit();
    return yield* noting(go(), warnings);
  }

  async function* go(): Work<PublishReceipt> {
    for (const text of request.warnings ?? []) yield warning(text);
    const store = await openReleases(client);
    await recordLeftover(context, client, store, plan);
    if (settled) return receipt(true);
    await store.keep(release, content);
    const { httpSite } = await import('../../adapters/live/http.ts');
    const entry = historyEntry(context, plan, action);
    let audit: Digest | undefined;
    const { verification } = yield* publish({
      release,
      content,
      host,
      plan,
      guards,
      again,
      acceptDrift: request.acceptDrift,
      claim: claimFor(context, client, action === 'publish' ? 'publishing' : 'rolling back'),
      site: httpSite(client.config.url, randomUUID(), context.signal),
      beforeLive: () => store.intend(entry),
      async onLive() {
        audit = await recordPublished(context, client, store, entry, approval);
      },
      approval: approval?.statements[0],
      tool: `sec ${version()}`,
      clock: context.clock,
      signal: context.signal,
    });
    const files = verification.mismatched;
    if (files.length > 0) throw fail('VERIFY_FAILED', { client: client.name, target: host.target, files });
    return receipt(true, verification, audit);
  }

  return {
    plan,
    settled,
    drift,
    manner: async () => (settled ? undefined : await host.manner?.()) ?? 'at once',
    permit,
    preview: () => ({ ...receipt(false), warnings: request.warnings ?? [] }),
    apply,
  };
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

const version = (): string => JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')).version;
