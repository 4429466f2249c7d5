import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { sqliteLedger } from '../../../src/adapters/ledgers/sqlite.ts';
import { isSecError } from '../../../src/core/errors/index.ts';
import { accepted, freezeOf, NOW, people, settled, turn } from '../../contracts/ledger/stage.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Looks at a campaign in every way, and goes on with it. */
async function use(dir: string): Promise<void> {
  const ledger = sqliteLedger({ client: 'kaldi', dir });
  try {
    await ledger.campaign('spring');
    await ledger.tally('spring');
    await ledger.doubts('spring');
    await ledger.breakdown('spring');
    await ledger.sentSince(NOW);
    await ledger.departing('spring', NOW);
    for await (const _member of ledger.members('spring'));
    const writer = await ledger.write('spring', NOW);
    try {
      const { chunks } = await turn(writer);
      await turn(writer, { settle: chunks.map((chunk) => settled(chunk, accepted)), chunks: 0 });
      await writer.look();
    } finally {
      await writer.release();
    }
  } finally {
    await ledger.close();
  }
}

/** Where the names of tables and columns stand in the file. */
function namesIn(bytes: Buffer, file: string): number[] {
  const database = new DatabaseSync(file, { readOnly: true });
  const tables = database.prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL').all();
  database.close();
  return tables.flatMap(({ sql }) => {
    const begin = bytes.indexOf(String(sql));
    return [...String(sql).matchAll(/\b[a-z]{2,}\b/g)].map(({ index }) => begin + index);
  });
}

it('says that the ledger is damaged wherever a letter of its tables is another one', {
  timeout: 60_000,
}, async () => {
  const whole = temporaryFolder();
  const ledger = sqliteLedger({ client: 'kaldi', dir: whole });
  const writer = await ledger.write('spring', NOW);
  await writer.freeze(freezeOf(people(30)));
  await turn(writer);
  await writer.release();
  await ledger.close();
  const bytes = readFileSync(join(whole, 'ledger.sqlite'));
  const names = namesIn(bytes, join(whole, 'ledger.sqlite'));
  expect(names.length).toBeGreaterThan(60);
  let told = 0;
  for (const at of names) {
    const dir = temporaryFolder();
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 2;
    writeFileSync(join(dir, 'ledger.sqlite'), changed);
    copyFileSync(join(whole, 'ledger.witness'), join(dir, 'ledger.witness'));
    const error = await use(dir).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error === undefined) continue;
    told++;
    expect({ at, code: isSecError(error) ? error.code : error }).toEqual({
      at,
      code: expect.stringMatching(/^LEDGER_(DAMAGED|UNKNOWN)$/),
    });
  }
  expect(told).toBeGreaterThan(names.length * 0.8);
});
