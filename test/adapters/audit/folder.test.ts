import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { auditFolder } from '../../../src/adapters/audit/folder.ts';
import { verifyChain } from '../../../src/audit/index.ts';
import { testClock } from '../../support/publish.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const facts = (n: number) => ({ client: 'kaldi', action: 'site.publish', by: 'Operator', facts: { n } });

describe('the audit folder', () => {
  it('keeps one chain, also where several write to it', async () => {
    const dir = join(temporaryFolder(), 'audit');
    const logs = Array.from({ length: 4 }, () => auditFolder(dir, testClock));
    await Promise.all(Array.from({ length: 20 }, (_, n) => logs[n % 4]?.append(facts(n))));
    const entries = await auditFolder(dir, testClock).entries();
    expect(verifyChain(entries).entries).toBe(20);
    expect(entries.map((entry) => entry.facts.n).sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 20 }, (_, n) => n),
    );
    expect(readdirSync(dir)).toHaveLength(20);
  });

  it('keeps one chain where several processes write the same in the same second', async () => {
    const dir = join(temporaryFolder(), 'audit');
    const from = (path: string) => JSON.stringify(new URL(`../../../src/${path}`, import.meta.url).href);
    const code = `
      import { auditFolder } from ${from('adapters/audit/folder.ts')};
      import { fixedClock } from ${from('core/clock.ts')};
      const log = auditFolder(${JSON.stringify(dir)}, fixedClock('2026-03-02T10:00:00Z'));
      process.stdin.once('data', async () => {
        for (let n = 0; n < 25; n++) await log.append(${JSON.stringify(facts(0))});
        process.exit();
      });
      console.log('ready');`;
    const writers = Array.from({ length: 4 }, () =>
      spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] }),
    );
    const ended = writers.map((writer) => once(writer, 'close'));
    await Promise.all(writers.map((writer) => once(writer.stdout, 'data')));
    for (const writer of writers) writer.stdin.write('go');
    expect((await Promise.all(ended)).map(([exit]) => exit)).toEqual([0, 0, 0, 0]);
    const entries = await auditFolder(dir, testClock).entries();
    expect(verifyChain(entries).entries).toBe(100);
    expect(readdirSync(dir)).toHaveLength(100);
  });

  it('takes the next number where another process was faster', async () => {
    const dir = join(temporaryFolder(), 'audit');
    const log = auditFolder(dir, testClock);
    await log.append(facts(1));
    const other = auditFolder(dir, {
      now() {
        return testClock.now();
      },
    });
    let raced = false;
    const slow = auditFolder(dir, {
      now() {
        if (!raced) void other.append(facts(2));
        raced = true;
        return testClock.now();
      },
    });
    await slow.append(facts(3));
    const entries = await log.entries();
    expect(entries.map((entry) => entry.facts.n)).toEqual([1, 2, 3]);
    expect(verifyChain(entries).entries).toBe(3);
  });

  it('is empty before the first entry, and says which one cannot be read', async () => {
    const dir = join(temporaryFolder(), 'audit');
    const log = auditFolder(dir, testClock);
    expect(await log.entries()).toEqual([]);
    await log.append(facts(1));
    writeFileSync(join(dir, '00000002.json'), '{"v":1');
    await expect(log.entries()).rejects.toMatchObject({ code: 'AUDIT_BROKEN', details: { entry: 2 } });
  });
});
