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
