import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSecError } from '../../src/core/errors/index.ts';
import { isLeftOutWithout } from '../support/programs.ts';
import type { NetworkFault } from '../support/proxy.ts';
import { claim, releaseIn, runPublication } from '../support/publication.ts';
import { points, seed, seeded } from './killable.ts';
import { openRemote, type RemotePlace, remoteKinds, startRemote } from './remote-places.ts';
import { isWhole, newSite, oldSite, theirs } from './sites.ts';

const isLeftOut = isLeftOutWithout(
  'openssh-server proftpd-core proftpd-mod-crypto',
  'sshd',
  'sftp-server',
  'proftpd',
  'openssl',
);
const publishOnce = fileURLToPath(new URL('./publish-remote-once.ts', import.meta.url));
const faults: readonly NetworkFault[] = ['reset', 'truncate', 'blackhole', 'slow'];
/** Gives up soon, so that a black hole is found out in a test's time. */
const hasty = { silence: 2500, waits: [20, 50] };
const calm = { silence: 30_000, waits: [500, 2000, 5000] };
/** What a person may be told after a fault of the network. */
const told = ['HOST_FAILED', 'HOST_UNREACHABLE', 'LOCK_LOST', 'HOST_LOCKED'];

describe.skipIf(isLeftOut).each(remoteKinds)('a site published over %s', (kind) => {
  const isLinked = kind === 'SFTP, switched at once';
  /** A server that replaces nothing in one step leaves a gap of one file. */
  const hasGap = kind === 'SFTP, file by file';
  const left = isLinked ? {} : { [theirs.path]: theirs.text };
  const records = isLinked ? ['releases'] : ['manifest.json', 'stamps.json'];
  let dir: string;
  let place: RemotePlace;
  /** Bytes over the net for one publication of the new site in place of the old one. */
  let traffic: number;
  let hours = 0;

  const publish = (site: typeof oldSite, patience = calm) => {
    hours += 1;
    const now = Temporal.Instant.from('2026-03-02T10:00:00Z').add({ hours }).toString();
    const host = openRemote({ url: place.url, secrets: place.secrets, now, patience });
    return runPublication(host, releaseIn(mkdtempSync(join(dir, 'built-')), site), claim(`run-${hours}`));
  };
  const expectWhole = (at: number) => {
    const live = place.served();
    const isOneOf = [oldSite, newSite].some((site) => same(site, live));
    const missing = Object.keys(oldSite).filter((path) => path in newSite && !(path in live));
    expect({ at, missing: missing.length <= (hasGap ? 1 : 0) }).toEqual({ at, missing: true });
    const filled = { ...Object.fromEntries(missing.map((path) => [path, oldSite[path] ?? ''])), ...live };
    expect({ at, live, whole: isLinked ? isOneOf : isWhole(filled) }).toMatchObject({ whole: true });
    expect({ at, ...live }).toMatchObject({ at, ...left });
  };
  const expectConverges = async (at: number) => {
    await publish(newSite);
    expect({ at, live: place.served() }).toEqual({ at, live: { ...newSite, ...left } });
    await publish(oldSite);
    expect({ at, left: place.leftovers() }).toEqual({ at, left: records });
  };

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'sec-remote-'));
    place = await startRemote(kind, dir);
    await publish(oldSite);
    place.remember();
    const before = place.proxy.bytes();
    await publish(newSite);
    traffic = place.proxy.bytes() - before;
  }, 120_000);
  afterAll(async () => {
    await place.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('is whole after any fault of the network, and a rerun converges', { timeout: 3_600_000 }, async () => {
    const chance = seeded(seed + kind.length);
    const count = points(4);
    let struck = 0;
    let stopped = 0;
    for (let n = 0; n < count; n++) {
      place.restore();
      const at = Math.floor(((n + chance()) / count) * traffic);
      // Every other time the network stays away.
      const forGood = Math.floor(n / faults.length) % 2 === 0;
      place.proxy.strike(faults[n % faults.length] ?? 'reset', at, forGood);
      const error = await publish(newSite, hasty).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (place.proxy.lift()) struck += 1;
      if (error !== undefined) {
        stopped += 1;
        expect(isSecError(error) && told.includes(error.code), String(error)).toBe(true);
      }
      expectWhole(at);
      await expectConverges(at);
    }
    console.log(`${kind}: ${count} network faults, ${struck} struck, ${stopped} runs stopped, all converged`);
    expect(struck).toBeGreaterThan(count / 2);
    expect(stopped).toBeGreaterThan(0);
  });

  it('is whole after a kill at any moment, and a rerun converges', { timeout: 3_600_000 }, async () => {
    const chance = seeded(seed + kind.length + 1);
    const count = points(3);
    let killed = 0;
    for (let n = 0; n < count; n++) {
      place.restore();
      const at = Math.floor(((n + chance()) / count) * traffic);
      hours += 1;
      const now = Temporal.Instant.from('2026-03-02T10:00:00Z').add({ hours }).toString();
      const order = { url: place.url, secrets: place.secrets, now, patience: calm };
      const child = spawn(process.execPath, [publishOnce, JSON.stringify(order), dir], { stdio: 'ignore' });
      place.proxy.strike(() => child.kill('SIGKILL'), at);
      const [, signal] = await once(child, 'exit');
      if (signal === 'SIGKILL') killed += 1;
      place.proxy.lift();
      expectWhole(at);
      await expectConverges(at);
    }
    console.log(`${kind}: ${count} kill points, ${killed} killed, all converged`);
    expect(killed).toBeGreaterThan(count / 2);
  });
});

const same = (a: Record<string, string>, b: Record<string, string>) =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
