import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { auditFolder } from '../../../src/adapters/audit/folder.ts';
import { verifyChain } from '../../../src/audit/index.ts';
import { fixedClock } from '../../../src/core/clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function logOf(length: number) {
  const dir = temporaryFolder();
  const log = auditFolder(dir, fixedClock('2026-03-02T10:00:00Z'));
  const heads: string[] = [];
  for (let n = 0; n < length; n++) {
    const facts = {
      client: 'kaldi',
      action: 'promo.send',
      by: 'Birojs',
      facts: { accepted: n, list: 'klienti' },
    };
    heads.push((await log.append(facts)).hash);
  }
  const verify = async (witness?: string) => verifyChain(await log.entries(), witness);
  return { dir, heads, verify };
}

it('finds each changed bit of every file of the log', async () => {
  const { dir, heads, verify } = await logOf(3);
  const missed: string[] = [];
  let tried = 0;
  for (const name of readdirSync(dir)) {
    const file = join(dir, name);
    const whole = readFileSync(file);
    for (let where = 0; where < whole.length; where++)
      for (let bit = 0; bit < 8; bit++) {
        const changed = Buffer.from(whole);
        changed[where] = (changed[where] ?? 0) ^ (1 << bit);
        tried += 1;
        writeFileSync(file, changed);
        const found = await verify().then(
          () => false,
          (error) => error.code === 'AUDIT_BROKEN',
        );
        if (!found) missed.push(`${name} at ${where}`);
      }
    writeFileSync(file, whole);
  }
  expect(missed).toEqual([]);
  expect(tried).toBeGreaterThan(5000);
  expect((await verify()).head).toBe(heads.at(-1));
});

it('finds an end that was cut off below a head that a client has', async () => {
  const { dir, heads, verify } = await logOf(5);
  rmSync(join(dir, '00000005.json'));
  expect(await verify(heads[3])).toMatchObject({ entries: 4 });
  await expect(verify(heads[4])).rejects.toMatchObject({ code: 'AUDIT_BROKEN' });
  rmSync(join(dir, '00000002.json'));
  await expect(verify()).rejects.toMatchObject({ code: 'AUDIT_BROKEN' });
});
