import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { claim, releaseIn, runPublication } from '../support/publication.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { Ending } from './refuse-each.ts';
import { hostIn, isWhole, newSite, oldSite, served, theirs, webRoot } from './sites.ts';

const POINTS = 25;

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

async function workspaceWithOldSite(inPlace: boolean): Promise<string> {
  const workspace = temporaryFolder();
  if (inPlace) {
    mkdirSync(webRoot(workspace), { recursive: true });
    writeFileSync(join(webRoot(workspace), theirs.path), theirs.text);
  }
  await runPublication(hostIn(workspace), releaseIn(join(workspace, 'built-old'), oldSite), claim('before'));
  return workspace;
}

describe.each([
  { mode: 'linked', left: {} },
  { mode: 'inPlace', left: { [theirs.path]: theirs.text } },
])('a folder published to ($mode)', ({ mode, left }) => {
  const inPlace = mode === 'inPlace';
  const records = inPlace ? ['manifest.json', 'releases'] : ['releases'];
  const whole = (live: Record<string, string>) =>
    inPlace
      ? isWhole(live)
      : [oldSite, newSite].some((site) => JSON.stringify(sorted(site)) === JSON.stringify(sorted(live)));

  it(`is whole after a kill at ${POINTS} points, and a rerun converges`, async () => {
    const untouched = await workspaceWithOldSite(inPlace);
    const changes = Number((await run(publishOnce, untouched)).stdout);
    expect(changes).toBeGreaterThan(POINTS);
    for (let n = 0; n < POINTS; n++) {
      const at = 1 + Math.floor((n * changes) / POINTS);
      const workspace = await workspaceWithOldSite(inPlace);
      const { signal } = await run(publishOnce, workspace, String(at));
      expect({ at, signal }).toEqual({ at, signal: 'SIGKILL' });
      expect({ at, whole: whole(served(workspace)) }).toEqual({ at, whole: true });
      for (const site of [newSite, oldSite]) {
        const here = { ...claim(`again-${at}`), machine: hostname() };
        await runPublication(hostIn(workspace), releaseIn(join(workspace, 'again'), site), here);
        expect({ at, live: served(workspace) }).toEqual({ at, live: { ...site, ...left } });
      }
      expect(readdirSync(join(workspace, 'public/.kaldi.sec')).sort()).toEqual(records);
    }
  }, 120_000);

  it.each(['ENOSPC', 'EIO', 'EACCES'])(
    'says so and stays whole where any change meets %s',
    async (fault) => {
      const { stdout } = await run(refuseEach, temporaryFolder(), fault, mode);
      const endings = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Ending);
      expect(endings.filter(({ code }) => code !== 'none').length).toBeGreaterThan(POINTS);
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
    },
    120_000,
  );
});

const sorted = (files: Record<string, string>) => Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
