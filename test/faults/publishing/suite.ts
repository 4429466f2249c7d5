import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSecError } from '../../../src/core/errors/index.ts';
import type { NetworkFault } from '../../support/proxy.ts';
import { claim, type Files, releaseIn, runPublication } from '../../support/publication.ts';
import { points, seed, seeded } from '../seeded.ts';
import { newSite, oldSite, theirs } from '../sites.ts';
import type { FaultyHost } from './faulty-host.ts';
import { openOrder, type Patience } from './order.ts';
import { type Site, startTally } from './tally.ts';

/** Points of a usual run of the tests; SEC_FAULT_POINTS names another number. */
const KILLS = 3;
const FAULTS = 6;
const NETWORK: readonly NetworkFault[] = ['reset', 'truncate', 'blackhole', 'slow'];
/** Gives up soon, so that a black hole is found out in a test's time. */
const hasty: Patience = { seconds: 2, attempts: 2 };
const calm: Patience = { seconds: 30, attempts: 4 };
const publishOnce = fileURLToPath(new URL('./publish-once.ts', import.meta.url));
const sites = { old: oldSite, new: newSite } as const;
/** Somebody else's, which is there from the first publication on; one lies in a folder that sec removes. */
const left: Files = { [theirs.path]: theirs.text, 'proof-4711.html': 'proof', 'gone/notes.txt': 'notes' };
/** The number of a process that has ended: runs in this one stand for commands that are over. */
const ended = spawnSync(process.execPath, ['--version']).pid;
/** Ends of a run that only mean: once more. */
const passing = ['LIVE_MOVED', 'HOST_LOCKED'];

/**
 * Publishes to and fro while the process is killed, the network fails and the server refuses, each at a point that a
 * seed chooses: what is live stays whole, somebody else's files stay, and a rerun gets everything in order.
 *
 * @param start starts the server; its folder is removed after
 */
export function publishingFaults(name: string, start: (dir: string) => Promise<FaultyHost>): void {
  describe(`a site on ${name}`, { timeout: 3_600_000 * 4 }, () => {
    let dir: string;
    let host: FaultyHost;
    let live: Site = 'old';
    /** Bytes over the wire of a publication that nothing disturbs, by what it makes live. */
    const usual = { old: 0, new: 0 };

    const publish = async (site: Site, patience: Patience) => {
      const built = mkdtempSync(join(dir, 'built-'));
      const holder = { ...claim(`run-${Math.random()}`), machine: hostname(), pid: ended };
      try {
        await runPublication(await openOrder(host.order, patience), releaseIn(built, sites[site]), holder);
      } finally {
        rmSync(built, { recursive: true });
      }
    };
    /** Runs the command again, as its messages tell people to. */
    const again = async (site: Site) => {
      for (let tries = 0; ; tries++)
        try {
          return await publish(site, calm);
        } catch (error) {
          if (tries === 5 || !passing.some((code) => isSecError(error) && error.code === code)) throw error;
          await wait(500);
        }
    };
    const measured = async (site: Site) => {
      const before = host.proxy.bytes();
      await publish(site, calm);
      usual[site] = host.proxy.bytes() - before;
    };
    // A victim has no time to clear its folder away: it lies in the one that is removed in the end.
    const envIn = (TMPDIR: string) => ({
      ...process.env,
      TMPDIR,
      NODE_COMPILE_CACHE: join(tmpdir(), 'sec-test-code'),
    });
    const isLocked = async () => (await (await openOrder(host.order, calm)).lock()) !== undefined;
    const tally = () => startTally({ host, left, rerun: again, isLocked });

    beforeAll(async () => {
      dir = mkdtempSync(join(tmpdir(), 'sec-faults-'));
      host = await start(dir);
      await publish('old', calm);
      await host.add(left);
      await measured('new');
      await measured('old');
    }, 120_000);
    afterAll(async () => {
      await host?.stop();
      rmSync(dir, { recursive: true, force: true });
    });

    it('is whole after a kill at any moment, and a rerun converges', async () => {
      const chance = seeded(seed + name.length);
      const count = points(KILLS);
      const found = tally();
      let killed = 0;
      for (let n = 0; killed < count && n < 2 * count; n++) {
        const site = live === 'old' ? 'new' : 'old';
        const after = Math.floor(chance() * usual[site]);
        const at = `killed after ${after} of ${usual[site]} bytes on the way to ${site}`;
        const order = JSON.stringify(host.order);
        const child = spawn(process.execPath, [publishOnce, order, site], {
          stdio: 'ignore',
          env: envIn(dir),
        });
        host.proxy.strike(() => child.kill('SIGKILL'), after);
        const [, signal] = await once(child, 'exit');
        host.proxy.lift();
        if (signal === 'SIGKILL') killed += 1;
        await found.look(at);
        await found.converge(at, site);
        live = site;
      }
      console.log(`${name}: ${killed} kill points, ${found.words()}`);
      expect(found.wrong).toEqual([]);
      expect(killed).toBe(count);
    });

    it('is whole after any fault of the network or the server, and a rerun converges', async () => {
      const chance = seeded(seed + name.length + 1);
      const count = points(FAULTS);
      const damage = host.isEncrypted ? ['garble'] : [];
      const faults = [...NETWORK, ...damage, ...Object.keys(host.refusals)];
      const found = tally();
      const struck: Record<string, number> = {};
      let stopped = 0;
      for (let n = 0; n < count; n++) {
        const site = live === 'old' ? 'new' : 'old';
        const fault = faults[(n + seed) % faults.length] ?? 'reset';
        const after = Math.floor(chance() * usual[site]);
        // Every other time the network stays away.
        const isForGood = chance() < 0.5;
        const at = `${fault}${isForGood ? ' for good' : ''} after ${after} of ${usual[site]} bytes on the way to ${site}`;
        const refusal = host.refusals[fault];
        host.proxy.strike(refusal ?? (fault as NetworkFault), after, refusal === undefined && isForGood);
        const error = await publish(site, hasty).catch((thrown: unknown) => thrown);
        if (host.proxy.lift()) struck[fault] = (struck[fault] ?? 0) + 1;
        host.relent();
        if (error !== undefined) stopped += 1;
        found.judge(at, error);
        await found.look(at, error === undefined ? site : undefined);
        await found.converge(at, site);
        live = site;
      }
      const kinds = Object.entries(struck).map(([kind, times]) => `${kind} ${times}`);
      console.log(
        `${name}: ${count} faults (${kinds.join(', ')}), ${stopped} runs stopped with a message, ${found.words()}`,
      );
      expect(found.wrong).toEqual([]);
      expect(Object.values(struck).reduce((sum, times) => sum + times, 0)).toBeGreaterThan(count / 2);
    });
  });
}
