import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqliteLedger } from '../../../src/adapters/ledgers/sqlite.ts';
import type { Candidate } from '../../../src/audience/audience.ts';
import type { Outcome } from '../../../src/delivery/outcome.ts';
import { advance, planned } from '../../../src/delivery/state.ts';
import { freezeOf, NOW, turn } from '../../contracts/ledger/stage.ts';
import { recipient } from '../../delivery/fixtures.ts';

const reason = fc.string({ unit: 'grapheme', maxLength: 8 });
const providerId = fc.option(fc.oneof(fc.constantFrom('q1', '', '{"a":1}', '"', 'a\0b'), reason));
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('accepted'), providerId }) },
  fc.record({ kind: fc.constantFrom('rejected', 'deferred', 'notSent', 'inDoubt'), reason }),
);
/** Somebody, what comes of their mail and whether they are suppressed by then; or a row that is nobody. */
const row = fc.option(fc.record({ outcome, gone: fc.boolean() }), { freq: 6 });

describe('a turn of the SQLite ledger', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sec-turn-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('stores for everybody what the state machine says, whatever stands beside them', async () => {
    let n = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        async (rows, size) => {
          const ledger = sqliteLedger({ client: 'kaldi', dir: join(dir, `${++n}`) });
          const writer = await ledger.write('spring', NOW);
          const candidates = rows.map((one, line): Candidate => {
            if (one === null) return { kind: 'excluded', reason: 'invalid', line };
            return { kind: 'recipient', recipient: recipient(line) };
          });
          await writer.freeze(freezeOf(candidates));
          const outcomes = new Map(rows.map((one, line) => [recipient(line).id, one]));
          const exclude = ({ id }: { id: string }) => (outcomes.get(id)?.gone ? 'suppressed' : undefined);
          const { chunks } = await turn(writer, { chunks: 9, size, exclude });
          const settle = chunks.map((chunk) => ({
            chunk,
            outcomes: chunk.claimed.map(({ recipient: { id } }) => outcomes.get(id)?.outcome as Outcome),
            requests: 1,
          }));
          const claimed = chunks.flatMap((chunk) => chunk.claimed.map((one) => one.recipient.id));
          await writer.turn({
            settle,
            claim: { chunks: 0, size: 1 },
            exclude: () => () => undefined,
            now: NOW,
          });
          const database = new DatabaseSync(join(dir, `${n}`, 'ledger.sqlite'), { readOnly: true });
          const stored = database
            .prepare(
              'SELECT recipient, state, attempt, due, reason, provider FROM delivery JOIN person USING (id) ORDER BY id',
            )
            .all();
          database.close();
          const expected = rows.flatMap((one, line) => {
            if (one === null) return [];
            const { id } = recipient(line);
            const { providerId: provider, ...to } = standingOf(one, claimed.includes(id));
            return [{ recipient: id, ...to, provider }];
          });
          expect(stored.map((found) => ({ ...found }))).toEqual(expected);
          await writer.release();
          await ledger.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  const standingOf = (one: { outcome: Outcome; gone: boolean }, isClaimed: boolean) => {
    if (isClaimed)
      return advance(advance(planned, { kind: 'claim' }), {
        kind: 'outcome',
        outcome: one.outcome,
        now: NOW.epochMilliseconds,
      });
    return one.gone ? advance(planned, { kind: 'exclude', reason: 'suppressed' }) : planned;
  };
});
