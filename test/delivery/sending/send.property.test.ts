import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sqliteLedger } from '../../../src/adapters/ledgers/sqlite.ts';
import { isSecError } from '../../../src/core/errors/index.ts';
import { finish } from '../../../src/core/progress.ts';
import type { Outcome } from '../../../src/delivery/outcome.ts';
import { sendCampaign, standingReceipt } from '../../../src/delivery/send.ts';
import { accepted, FakeTransport } from '../../support/fake-transport.ts';
import { audienceOf, people, sendingStage } from './stage.ts';

describe('sending a campaign', () => {
  const stage = sendingStage();
  const { options } = stage;

  it('accounts for everybody and doubles nobody, whatever servers and crashes do', async () => {
    const kinds = fc.constantFrom<Outcome['kind']>('accepted', 'rejected', 'deferred', 'notSent', 'inDoubt');
    /** Each run: what comes of each mail in turn, after how many batches the process dies, and what it took by then. */
    const life = fc.record({
      kinds: fc.array(kinds, { minLength: 1, maxLength: 25 }),
      dies: fc.option(fc.nat(6)),
      tookBeforeDeath: fc.boolean(),
      concurrency: fc.integer({ min: 1, max: 3 }),
    });
    let trial = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 25 }),
        fc.array(life, { maxLength: 6 }),
        async (count, lives) => {
          const campaign = `trial-${trial++}`;
          const total = new Map<string, number>();
          const tookOf = (transport: FakeTransport) => {
            for (const [who, times] of transport.taken) total.set(who, (total.get(who) ?? 0) + times);
          };
          for (const one of [
            ...lives,
            { kinds: ['accepted' as const], dies: null, tookBeforeDeath: false, concurrency: 2 },
          ]) {
            const own = sqliteLedger({ client: 'kaldi', dir: stage.dir });
            let n = 0;
            const transport = new FakeTransport({
              concurrency: one.concurrency,
              outcome: (mail) => {
                const kind = one.kinds[n++ % one.kinds.length] ?? 'accepted';
                if (kind === 'accepted') return accepted;
                // One of two in doubt was taken all the same.
                if (kind === 'inDoubt' && n % 2 === 0) transport.take(mail);
                return { kind, reason: 'because' };
              },
              onBatch: async (batch) => {
                if (transport.batches <= (one.dies ?? Number.POSITIVE_INFINITY)) return;
                if (one.tookBeforeDeath) for (const mail of batch) transport.take(mail);
                await own.close();
                throw new Error('dead');
              },
            });
            const outcome = await finish(
              sendCampaign(
                options(transport, { campaign, ledger: own, audience: audienceOf(people(count)) }),
              ),
            ).catch((error: unknown) => error);
            tookOf(transport);
            await own.close().catch(() => {});
            const receipt = await standingReceipt(
              stage.ledger,
              'kaldi',
              campaign,
              Temporal.Duration.from({ seconds: 0 }),
            );
            if (receipt.state !== 'unsent')
              expect(receipt, String(outcome)).toMatchObject({ balanced: true, candidates: count });
            if (isSecError(outcome)) expect(['SEND_STOPPED', 'TRANSPORT_REFUSED']).toContain(outcome.code);
          }
          for (const [who, times] of total) expect(times, who).toBe(1);
          const end = await stage.ledger.tally(campaign);
          expect(end).toMatchObject({ planned: 0, sending: 0 });
          const doubts = (await stage.ledger.doubts(campaign)).map((doubt) => doubt.address);
          const undoubted = people(count)
            .flatMap((c) => (c.kind === 'recipient' ? c.recipient.address : []))
            .filter((a) => !doubts.includes(a));
          const taken = undoubted.filter((a) => total.has(a)).length;
          expect(taken).toBe(end.accepted);
        },
      ),
      { numRuns: 60 },
    );
  });
});
