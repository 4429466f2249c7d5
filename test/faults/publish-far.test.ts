import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSecError } from '../../src/core/errors/index.ts';
import { isLeftOutWithout } from '../support/programs.ts';
import type { NetworkFault } from '../support/proxy.ts';
import { claim, type Files, releaseIn, runPublication } from '../support/publication.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { versitygw } from '../support/versitygw.ts';
import { type FarHost, farGit, farNetlify, farRsync, farS3 } from './far-hosts.ts';
import { openFar } from './far-place.ts';
import { points, seed, seeded } from './killable.ts';
import { isWhole, newSite, oldSite, theirs } from './sites.ts';

const NETWORK: readonly NetworkFault[] = ['reset', 'truncate', 'blackhole', 'slow'];
const script = fileURLToPath(new URL('./publish-far.ts', import.meta.url));
const hasNoSsh = isLeftOutWithout('openssh-server', 'sshd');
const s3 = versitygw();

interface Kind {
  readonly name: string;
  readonly isLeftOut: boolean;
  /** How many points a usual run of the tests tries; SEC_FAULT_POINTS names another number. */
  readonly sample: number;
  readonly start: () => Promise<FarHost>;
}

const kinds: readonly Kind[] = [
  { name: 's3', isLeftOut: s3 === undefined, sample: 4, start: () => farS3(s3 ?? '') },
  { name: 'netlify', isLeftOut: false, sample: 4, start: farNetlify },
  { name: 'git', isLeftOut: hasNoSsh || isLeftOutWithout('git', 'git'), sample: 2, start: farGit },
  { name: 'rsync', isLeftOut: hasNoSsh || isLeftOutWithout('rsync', 'rsync'), sample: 2, start: farRsync },
];

const sites = { old: oldSite, new: newSite } as const;
const sorted = (files: Files) => Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
const isExactly = (live: Files, site: Files) => JSON.stringify(sorted(live)) === JSON.stringify(sorted(site));
/** The number of a process that has ended: runs in this one stand for commands that are over. */
const ended = spawnSync(process.execPath, ['--version']).pid;
/** Ends of a run that only mean: once more. */
const passing = ['LIVE_MOVED', 'HOST_LOCKED'];

for (const { name, isLeftOut, sample, start } of kinds) {
  const POINTS = points(sample);
  describe.skipIf(isLeftOut)(`a site on ${name}`, { timeout: 60_000 + POINTS * 60_000 }, () => {
    let far: FarHost;
    const left: Files = { [theirs.path]: theirs.text };
    let live: keyof typeof sites = 'old';
    /** Bytes over the wire of a publication that nothing disturbs. */
    const usual = { old: 0, new: 0 };

    const publish = (site: keyof typeof sites, seconds = 60, attempts = 3) => {
      const holder = { ...claim(`run-${Math.random()}`), machine: hostname(), pid: ended };
      return runPublication(
        openFar(far.place, seconds, attempts),
        releaseIn(temporaryFolder(), sites[site]),
        holder,
      );
    };
    /** Runs the command again, as its messages tell people to. */
    const again = async (site: keyof typeof sites) => {
      for (let tries = 0; ; tries++)
        try {
          return await publish(site);
        } catch (error) {
          if (tries === 5 || !passing.some((code) => isSecError(error) && error.code === code)) throw error;
          await wait(500);
        }
    };
    const expectWhole = async (at: string) => {
      const now = await far.live();
      const all = Object.values(sites).map((site) => ({ ...site, ...left }));
      const whole = far.isAtomic ? all.some((site) => isExactly(now, site)) : isWhole(now);
      expect({ at, whole, theirs: now[theirs.path] }).toEqual({ at, whole: true, theirs: left[theirs.path] });
    };
    const expectConverged = async (at: string, site: keyof typeof sites) => {
      await again(site);
      expect({ at, live: await far.live() }).toEqual({ at, live: { ...sites[site], ...left } });
      live = site;
    };

    beforeAll(async () => {
      far = await start();
    }, 120_000);
    afterAll(() => far?.stop());

    it('is published to and fro through the proxy', async () => {
      await publish('old');
      far.addTheirs?.();
      const before = far.proxy.bytes();
      await publish('new');
      usual.new = far.proxy.bytes() - before;
      usual.old = usual.new;
      expect(await far.live()).toEqual({ ...newSite, ...left });
      live = 'new';
    });

    it(`is whole after a kill at any of ${POINTS} points, and a rerun converges`, async () => {
      const chance = seeded(seed);
      let killed = 0;
      for (let n = 0; killed < POINTS && n < 2 * POINTS; n++) {
        const site = live === 'old' ? 'new' : 'old';
        const after = Math.floor(chance() * usual[site]);
        const at = `${name}, killed after ${after} of ${usual[site]} bytes`;
        const before = far.proxy.bytes();
        const child = spawn(process.execPath, [script, JSON.stringify(far.place), site], {
          stdio: ['ignore', 'ignore', 'pipe'],
        });
        far.proxy.strike(() => child.kill('SIGKILL'), after);
        let complaint = '';
        child.stderr.setEncoding('utf8').on('data', (text: string) => {
          complaint += text;
        });
        const gone = once(child, 'exit');
        const [code, signal] = await gone;
        far.proxy.lift();
        if (signal === 'SIGKILL') killed += 1;
        else {
          expect({ at, code, complaint }).toEqual({ at, code: 0, complaint: '' });
          usual[site] = far.proxy.bytes() - before;
        }
        await expectWhole(at);
        await expectConverged(at, site);
      }
      console.log(
        `${name}: ${killed} kills, ${far.isAtomic ? 'every time the whole old or the whole new site' : 'every page a whole old or a whole new one'}, every rerun converged`,
      );
      expect(killed).toBe(POINTS);
    });

    it(`is whole after any of ${POINTS} faults of the network, and a rerun converges`, async () => {
      const chance = seeded(seed + 1);
      const ends = { through: 0, stopped: 0 };
      for (let n = 0; n < POINTS; n++) {
        const site = live === 'old' ? 'new' : 'old';
        const fault = NETWORK[Math.floor(chance() * NETWORK.length)] ?? 'reset';
        const after = Math.floor(chance() * usual[site]);
        const at = `${name}, ${fault} after ${after} of ${usual[site]} bytes`;
        far.proxy.strike(fault, after);
        const error = await publish(site, 3, chance() < 0.5 ? 1 : 3).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        far.proxy.lift();
        if (error !== undefined && !isSecError(error)) throw error;
        ends[error === undefined ? 'through' : 'stopped'] += 1;
        if (error === undefined)
          expect({ at, live: await far.live() }).toEqual({ at, live: { ...sites[site], ...left } });
        await expectWhole(at);
        await expectConverged(at, site);
      }
      console.log(
        `${name}: ${POINTS} network faults, ${ends.through} got over, ${ends.stopped} stopped in plain words`,
      );
    });
  });
}
