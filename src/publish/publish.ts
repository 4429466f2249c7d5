import type { Clock } from '../core/clock.ts';
import type { Digest } from '../core/digest.ts';
import { fail } from '../core/errors/index.ts';
import { step, type Work, warning } from '../core/progress.ts';
import type { Release, ReleaseContent } from '../site/release.ts';
import { driftUnder, touchedPaths } from './drift.ts';
import type { Guards } from './guards.ts';
import type { Host, HostSession, HostState, MovedAside, Publication } from './host.ts';
import type { LockClaim } from './lock.ts';
import { makeManifest } from './manifest.ts';
import { isSettled, optionsOf, type PublishPlan, planPublish } from './plan.ts';
import { type LiveSite, nothingVerified, type Verification, verify } from './verify.ts';

export interface PublishOptions {
  readonly release: Release;
  readonly content: ReleaseContent;
  readonly host: Host;
  /** The plan that was shown; another one under the lock stops the work. */
  readonly plan: PublishPlan;
  readonly guards: Guards;
  /** As that plan was made. */
  readonly again?: ReadonlySet<string> | undefined;
  /** Whether files that somebody else changed on the host may be replaced and removed; a copy of them is kept. */
  readonly acceptDrift?: boolean | undefined;
  readonly claim: LockClaim;
  /** The site's address, for verification. */
  readonly site?: LiveSite | undefined;
  /** Called when all is brought there and the release is about to go live. What it throws stops the work. */
  readonly beforeLive?: (() => Promise<void>) | undefined;
  /** Called as soon as the release is live, whatever comes after: the place to record it. */
  readonly onLive?: (() => Promise<void>) | undefined;
  /** The statement under which it goes live, for the manifest. */
  readonly approval?: Digest | undefined;
  readonly tool: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export interface Published {
  readonly verification: Verification;
  readonly movedAside: readonly MovedAside[];
}

/**
 * Carries out a plan: lock, plan again under the lock, stage, switch, verify, prune, unlock. Whatever goes wrong
 * before the switch leaves the live site as it was; nothing is removed before the new release is verified.
 *
 * @throws HOST_LOCKED, LIVE_MOVED, DRIFT_FOUND, HOST_FAILED, RELEASE_DAMAGED, LOCK_LOST, CANCELLED, and what planning throws
 */
export async function* publish(options: PublishOptions): Work<Published> {
  const { release, host, plan } = options;
  if (isSettled(plan)) return { verification: nothingVerified, movedAside: [] };
  const session = await host.open(options.claim, touchedPaths(plan));
  let isFinished = false;
  try {
    const publication = publicationUnderLock(session, options);
    if (!options.acceptDrift) refuseDrift(session, options);
    yield step(`Bringing ${plan.uploads.length} of ${release.files.size} files to ${plan.target}`);
    yield* cancellable(session.stage(publication), options.signal);
    yield step('Going live');
    await options.beforeLive?.();
    const { movedAside } = yield* session.switch(publication);
    await options.onLive?.();
    for (const { path, keptAt } of movedAside)
      yield warning(`${path} on the host was not as sec had left it. That version is kept: ${keptAt}`);
    yield step('Checking what is live');
    const changed = plan.uploads.map(({ path }) => path);
    const verification = await verify(release, changed, host, options.site);
    for (const path of verification.drifted)
      yield warning(
        `${path} was changed on the host by somebody else. This publication did not touch it; with --accept-drift it is put back.`,
      );
    if (verification.servedElsewhere)
      yield warning(
        `${options.site?.url} answers, but not with this release: it is served from another place, or through a cache.`,
      );
    if (verification.mismatched.length === 0) {
      yield* session.finish(publication);
      isFinished = true;
    }
    return { verification, movedAside };
  } finally {
    if (!isFinished) await session.close();
  }
}

function publicationUnderLock(session: HostSession, options: PublishOptions): Publication {
  const { release, content, host, plan, guards, again, tool, clock, approval } = options;
  const now = planPublish(release, session.state, { ...guards, again, ...optionsOf(host) });
  if (!samePlan(plan, now)) throw fail('LIVE_MOVED', { target: host.target });
  const facts = {
    ...optionsOf(host),
    parent: parentOf(session.state, release),
    approval,
    tool,
    now: clock.now(),
  };
  return {
    manifest: makeManifest(release, facts),
    uploads: now.uploads.map(({ path }) => path),
    removals: now.removals,
    locate: (path) => content.locate(path),
  };
}

/** Stops before anything is brought where somebody else's work would make way. */
function refuseDrift({ state, live }: HostSession, { plan, release, host }: PublishOptions): void {
  const drift = driftUnder(plan, release, state, live);
  if (drift.length > 0) throw fail('DRIFT_FOUND', { client: release.client, target: host.target, drift });
}

/** The release to go back to: the live one, or the one before where a stopped run had come as far as this one. */
function parentOf(state: HostState, { digest }: Release): Digest | undefined {
  if (state.kind === 'absent') return undefined;
  const { release, parent } = state.manifest;
  return release === digest ? (parent ?? undefined) : release;
}

function samePlan(a: PublishPlan, b: PublishPlan): boolean {
  return (
    a.parent === b.parent &&
    a.uploads.length === b.uploads.length &&
    a.uploads.every(({ path }, n) => path === b.uploads[n]?.path) &&
    Object.keys(a.removals).join('\n') === Object.keys(b.removals).join('\n')
  );
}

/** Stops staging at the first Ctrl-C. Nothing live has changed then, and what is staged is used by the next run. */
async function* cancellable(work: Work<void>, signal: AbortSignal): Work<void> {
  for await (const event of work) {
    if (signal.aborted)
      throw fail('CANCELLED', {
        state: 'The live site is as it was; what is on its way already is used by the next run.',
      });
    yield event;
  }
}
