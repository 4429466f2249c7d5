import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { claim, releaseIn, runPublication } from '../support/publication.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { Ending } from './refuse-each.ts';
import { points } from './seeded.ts';
import { hostIn, isSame, isWhole, newSite, oldSite, served, sitePair, theirs, webRoot } from './sites.ts';

const POINTS = points(25);

const publishOnce = fileURLToPath(new URL('./publish-once.ts', import.meta.url));
const refuseEach = fileURLToPath(new URL('./refuse-each.ts', import.meta.url));

function run(script: string, ...args: string[]): Promise<{ signal: string | null; stdout: string }> {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  return new Promise((done) => child.on('close', (_, signal) => done({ signal, stdout })));
}

async function workspaceWithOldSite(inPlace: boolean, pair: number): Promise<string> {
  const workspace = temporaryFolder();
  if (inPlace) {
    mkdirSync(webRoot(workspace), { recursive: true });
    writeFileSync(join(webRoot(workspace), theirs.path), theirs.text);
  }
  await runPublication(
    hostIn(workspace),
    releaseIn(join(workspace, 'built-old'), sitePair(pair).old),
    claim('before'),
  );
  return workspace;
}

describe.each([
  { mode: 'linked', left: {} },
  { mode: 'inPlace', left: { [theirs.path]: theirs.text } },
])('a folder published to ($mode)', ({ mode, left }) => {
  const inPlace = mode === 'inPlace';
  const records = inPlace ? ['manifest.json', 'releases'] : ['releases'];
  const whole = (live: Record<string, string>, pair = 0) => {
    const sites = sitePair(pair);
    return inPlace ? isWhole(live, sites) : isSame(live, sites.old) || isSame(live, sites.new);
  };

  it(
    `is whole after a kill at ${POINTS} points, and a rerun converges`,
    async () => {
      let killed = 0;
      for (let pair = 0; killed < POINTS; pair++) {
        const untouched = await workspaceWithOldSite(inPlace, pair);
        const changes = Number((await run(publishOnce, untouched, String(pair))).stdout);
        const count = Math.min(POINTS - killed, changes);
        for (let n = 0; n < count; n++) {
          const at = 1 + Math.floor((n * changes) / count);
          await killAt(pair, at);
          killed += 1;
        }
      }
      console.log(
        `file (${mode}): ${killed} kill points, mixed 0, not converged 0, removed that was not ours 0`,
      );
    },
    120_000 + POINTS * 10_000,
  );

  async function killAt(pair: number, at: number): Promise<void> {
    const workspace = await workspaceWithOldSite(inPlace, pair);
    const { signal } = await run(publishOnce, workspace, String(pair), String(at));
    expect({ pair, at, signal }).toEqual({ pair, at, signal: 'SIGKILL' });
    expect({ pair, at, whole: whole(served(workspace), pair) }).toEqual({ pair, at, whole: true });
    for (const site of [sitePair(pair).new, sitePair(pair).old]) {
      const here = { ...claim(`again-${at}`), machine: hostname() };
      await runPublication(hostIn(workspace), releaseIn(join(workspace, 'again'), site), here);
      expect({ pair, at, live: served(workspace) }).toEqual({ pair, at, live: { ...site, ...left } });
    }
    expect(readdirSync(join(workspace, 'public/.kaldi.sec')).sort()).toEqual(records);
  }

  it.each(['ENOSPC', 'EIO', 'EACCES'])(
    'says so and stays whole where any change meets %s',
    async (fault) => {
      const { stdout } = await run(refuseEach, temporaryFolder(), fault, mode);
      const endings = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Ending);
      const failed = endings.filter(({ code }) => code !== 'none').length;
      expect(failed).toBeGreaterThan(25);
      for (const { at, code, message, live, after, locked } of endings) {
        if (code === 'none') expect({ at, live }).toEqual({ at, live: { ...newSite, ...left } });
        else if (code === 'HOST_NOT_WRITABLE')
          // Only where nothing had begun: what is live is the old site, to the byte.
          expect({ at, fault, live }).toEqual({ at, fault: 'EACCES', live: { ...oldSite, ...left } });
        else expect({ at, code, whole: whole(live) }).toEqual({ at, code: 'HOST_FAILED', whole: true });
        expect({ at, after }).toEqual({ at, after: { ...newSite, ...left } });
        if (code !== 'none') expect({ at, locked }).toEqual({ at, locked: false });
        expect(message).not.toContain('sec-test-');
      }
      console.log(
        `file (${mode}): ${fault} at each of ${failed} changes, mixed 0, not converged 0, removed that was not ours 0`,
      );
    },
    120_000,
  );
});
