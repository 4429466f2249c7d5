import { spawn } from 'node:child_process';
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

/** A sample in every run of the tests; all of it where SEC_FAULT_POINTS says how many. */
const POINTS = points(4);
const NETWORK: readonly NetworkFault[] = ['reset', 'truncate', 'blackhole', 'slow'];
const script = fileURLToPath(new URL('./publish-far.ts', import.meta.url));
const hasNoSsh = isLeftOutWithout('openssh-server', 'sshd');
const s3 = versitygw();

const kinds: readonly { name: string; isLeftOut: boolean; start: () => Promise<FarHost> }[] = [
  { name: 's3', isLeftOut: s3 === undefined, start: () => farS3(s3 ?? '') },
  { name: 'netlify', isLeftOut: false, start: farNetlify },
  { name: 'git', isLeftOut: hasNoSsh || isLeftOutWithout('git', 'git'), start: farGit },
  { name: 'rsync', isLeftOut: hasNoSsh || isLeftOutWithout('rsync', 'rsync'), start: farRsync },
];

const sites = { old: oldSite, new: newSite } as const;
const sorted = (files: Files) => Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
const isExactly = (live: Files, site: Files) => JSON.stringify(sorted(live)) === JSON.stringify(sorted(site));
/** Ends of a run that only mean: once more. */
const passing = ['LIVE_MOVED', 'HOST_LOCKED'];

for (const { name, isLeftOut, start } of kinds)
  describe.skipIf(isLeftOut)(`a site on ${name}`, { timeout: 60_000 + POINTS * 60_000 }, () => {
    let far: FarHost;
    const left: Files = { [theirs.path]: theirs.text };
    let live: keyof typeof sites = 'old';
    /** Bytes over the wire of one publication that nothing disturbs. */
    let usual = 0;

    const publish = (site: keyof typeof sites, seconds = 60, attempts = 3) => {
      const holder = { ...claim(`run-${Math.random()}`), machine: hostname(), pid: process.pid };
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
      usual = far.proxy.bytes() - before;
      expect(await far.live()).toEqual({ ...newSite, ...left });
      live = 'new';
    });

    it(`is whole after a kill at any of ${POINTS} points, and a rerun converges`, async () => {
      const chance = seeded(seed);
      let killed = 0;
      for (let n = 0; n < POINTS; n++) {
        const site = live === 'old' ? 'new' : 'old';
        const after = Math.floor(((n + chance()) / POINTS) * usual);
        far.proxy.strike('blackhole', after);
        const child = spawn(process.execPath, [script, JSON.stringify(far.place), site], {
          stdio: ['ignore', 'ignore', 'pipe'],
        });
        let complaint = '';
        child.stderr.setEncoding('utf8').on('data', (text: string) => {
          complaint += text;
        });
        const gone = once(child, 'exit');
        while (!far.proxy.hasStruck() && child.exitCode === null) await wait(1);
        child.kill('SIGKILL');
        const [code, signal] = await gone;
        far.proxy.lift();
        if (signal === 'SIGKILL') killed += 1;
        else expect({ after, code, complaint }).toEqual({ after, code: 0, complaint: '' });
        await expectWhole(`${name}, killed after ${after} of ${usual} bytes`);
        await expectConverged(`${name}, killed after ${after} of ${usual} bytes`, site);
      }
      console.log(
        `${name}: ${killed} kills, ${far.isAtomic ? 'every time the whole old or the whole new site' : 'every page a whole old or a whole new one'}, every rerun converged`,
      );
      expect(killed).toBeGreaterThan(POINTS / 2);
    });

    it(`is whole after any of ${POINTS} faults of the network, and a rerun converges`, async () => {
      const chance = seeded(seed + 1);
      const ends = { through: 0, stopped: 0 };
      for (let n = 0; n < POINTS; n++) {
        const site = live === 'old' ? 'new' : 'old';
        const fault = NETWORK[n % NETWORK.length] ?? 'reset';
        const after = Math.floor(((n + chance()) / POINTS) * usual);
        const at = `${name}, ${fault} after ${after} of ${usual} bytes`;
        far.proxy.strike(fault, after);
        const error = await publish(site, 3, n % 8 < 4 ? 1 : 3).then(
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
