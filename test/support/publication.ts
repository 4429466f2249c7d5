import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixedClock } from '../../src/core/clock.ts';
import { sha256 } from '../../src/core/digest.ts';
import { finish } from '../../src/core/progress.ts';
import {
  type Host,
  type LockClaim,
  makeManifest,
  optionsOf,
  type Publication,
  type Published,
  type PublishPlan,
  pathsToBringAgain,
  planPublish,
  publish,
} from '../../src/publish/index.ts';
import { makeRelease, type Release, type ReleaseContent } from '../../src/site/release.ts';

/** Texts by path: a release as tests write it. */
export type Files = Readonly<Record<string, string>>;

export interface TestRelease extends Release {
  readonly content: ReleaseContent;
  /** All of it as uploads, as on a first publication. */
  publication(target: string): Publication;
  /** Changes the bytes behind a path. */
  damage(path: string): void;
}

/** A release with its bytes in `dir`. */
export function releaseIn(dir: string, files: Files, client = 'kaldi'): TestRelease {
  const locate = (path: string) => join(dir, sha256(path));
  mkdirSync(dir, { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(locate(path), text);
  const made = makeRelease(client, entries(files));
  return {
    ...made,
    content: { locate },
    publication: (target) => ({
      manifest: makeManifest(made, { target, parent: undefined, tool: 'sec test', now: testClock.now() }),
      uploads: [...made.files.keys()],
      removals: {},
      locate,
    }),
    damage: (path) => writeFileSync(locate(path), 'damaged'),
  };
}

/** The release without bytes, for what only plans. */
export const plannedRelease = (files: Files, client = 'kaldi'): Release =>
  makeRelease(client, entries(files));

const entries = (files: Files) =>
  Object.entries(files).map(
    ([path, text]) => [path, { sha256: sha256(text), size: Buffer.byteLength(text) }] as const,
  );

export const testClock = fixedClock('2026-03-02T10:00:00Z');

export const claim = (name: string): LockClaim => ({
  token: `token-${name}`,
  owner: `Operator ${name}`,
  machine: 'elsewhere',
  pid: 1,
  doing: 'publishing',
  client: 'kaldi',
});

/**
 * Plans and publishes the way the command does, without the gate. Needs no test runner.
 *
 * @param puttingBack whether the whole site is looked through for what somebody else changed
 */
export async function runPublication(
  host: Host,
  built: TestRelease,
  claimed: LockClaim,
  puttingBack = false,
): Promise<{ plan: PublishPlan; published: Published }> {
  const state = await host.state();
  const again = puttingBack ? pathsToBringAgain(state, await host.survey()) : undefined;
  const plan = planPublish(built, state, { ...optionsOf(host), again });
  const published = await finish(
    publish({
      release: built,
      content: built.content,
      host,
      plan,
      guards: {},
      again,
      acceptDrift: true,
      claim: claimed,
      tool: 'sec test',
      clock: testClock,
      signal: new AbortController().signal,
    }),
  );
  return { plan, published };
}
