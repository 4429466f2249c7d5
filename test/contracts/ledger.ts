import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Candidate, ExclusionReason } from '../../src/audience/audience.ts';
import { parseEmailAddress } from '../../src/core/email-address.ts';
import { isSecError } from '../../src/core/errors/index.ts';
import type { Chunk, FreezeRequest, Ledger, LedgerWriter, Settlement } from '../../src/delivery/ledger.ts';
import type { Outcome } from '../../src/delivery/outcome.ts';
import { isBalanced, nobody } from '../../src/delivery/tally.ts';
import { tracesOf } from '../../src/privacy/traces.ts';
import { recipient } from '../delivery/fixtures.ts';

/** How a ledger of one kind is made for the suite. */
export interface LedgerHarness {
  /** A handle on the same record each time, as a second process would have it. */
  open(): Promise<Ledger>;
  /** Throws the record away. */
  destroy(): Promise<void>;
}

const NOW = Temporal.Instant.from('2026-03-02T10:00:00Z');
const later = (ms: number) => NOW.add({ milliseconds: ms });

const people = (count: number): Candidate[] =>
  Array.from({ length: count }, (_, n) => ({ kind: 'recipient', recipient: recipient(n) }));

async function* stream(candidates: readonly Candidate[]): AsyncGenerator<Candidate> {
  yield* candidates;
}

const freezeOf = (candidates: readonly Candidate[], over: Partial<FreezeRequest> = {}): FreezeRequest => ({
  list: 'customers',
  basis: 'customer',
  messages: { en: 'digest-en' },
  candidates: stream(candidates),
  languageOf: () => 'en',
  confirm: () => {},
  now: NOW,
  ...over,
});

const accepted: Outcome = { kind: 'accepted', providerId: 'q1' };
const settled = (chunk: Chunk, outcome: Outcome, requests = chunk.claimed.length): Settlement => ({
  chunk,
  outcomes: chunk.claimed.map(() => outcome),
  requests,
});

const turn = (
  writer: LedgerWriter,
  {
    settle = [] as Settlement[],
    chunks = 1,
    size = 10,
    exclude = (_recipient: { readonly id: string }): ExclusionReason | undefined => undefined,
    now = NOW,
  } = {},
) => writer.turn({ settle, claim: { chunks, size }, exclude, now });

const only = (chunks: readonly Chunk[]): Chunk => {
  const [chunk] = chunks;
  if (!chunk || chunks.length !== 1) throw new Error(`one chunk was expected, not ${chunks.length}`);
  return chunk;
};

/** What every ledger must do, whatever keeps it. */
export function ledgerContract(name: string, make: () => Promise<LedgerHarness>): void {
  describe(`${name} as a ledger`, () => {
    let harness: LedgerHarness;
    let ledger: Ledger;
    let open: Ledger[];

    const another = async () => {
      const opened = await harness.open();
      open.push(opened);
      return opened;
    };

    beforeEach(async () => {
      open = [];
      harness = await make();
      ledger = await another();
    });
    afterEach(async () => {
      for (const opened of open) await opened.close();
      await harness.destroy();
    });

    const begun = async (candidates: readonly Candidate[]) => {
      const writer = await ledger.write('spring', NOW);
      await writer.freeze(freezeOf(candidates));
      return writer;
    };

    it('knows nothing of a campaign that was never sent', async () => {
      expect(await ledger.campaign('spring')).toBeUndefined();
      expect(await ledger.tally('spring')).toEqual(nobody);
      expect(await ledger.doubts('spring')).toEqual([]);
      await expect(ledger.request('spring', 'pause')).rejects.toSatisfy((error) =>
        isSecError(error, 'CAMPAIGN_NOT_SENT'),
      );
    });

    it('freezes everybody with their reasons, the first of two with one key', async () => {
      const twin: Candidate = { kind: 'recipient', recipient: { ...recipient(0), id: 'twin' } };
      const writer = await begun([...people(3), twin, { kind: 'excluded', reason: 'invalid', line: 7 }]);
      const tally = await ledger.tally('spring');
      expect(await writer.look()).toEqual({ tally });
      expect(tally).toEqual({
        ...nobody,
        candidates: 5,
        excluded: { ...nobody.excluded, duplicate: 1, invalid: 1 },
        planned: 3,
      });
      expect(isBalanced(tally)).toBe(true);
      expect(await ledger.campaign('spring')).toMatchObject({
        campaign: 'spring',
        list: 'customers',
        basis: 'customer',
        messages: { en: 'digest-en' },
        frozenAt: NOW,
        control: 'go',
        requests: 0,
      });
    });

    it('gives back each recipient as it was frozen, in the order of the list', async () => {
      const odd = recipient('ā"\'\\', { fields: { ключ: '日本\u0000\n', empty: '' } });
      const writer = await ledger.write('spring', NOW);
      const candidates: Candidate[] = [{ kind: 'recipient', recipient: odd }, ...people(2)];
      await writer.freeze(
        freezeOf(candidates, {
          messages: { lv: 'd', en: 'd' },
          languageOf: ({ id }) => (id === odd.id ? 'lv' : 'en'),
        }),
      );
      const { claimed } = only((await turn(writer)).chunks);
      expect(claimed.map(({ recipient: r }) => r)).toEqual([
        { ...odd, language: 'lv' },
        { ...recipient(0), language: 'en' },
        { ...recipient(1), language: 'en' },
      ]);
    });

    it.each(['the list', 'the confirmation'])('records nobody when %s fails', async (what) => {
      const writer = await ledger.write('spring', NOW);
      async function* broken() {
        yield* people(2);
        throw new Error('the disk broke');
      }
      const request =
        what === 'the list'
          ? freezeOf([], { candidates: broken() })
          : freezeOf(people(2), {
              confirm: () => {
                throw new Error('no');
              },
            });
      await expect(writer.freeze(request)).rejects.toThrow();
      expect(await ledger.campaign('spring')).toBeUndefined();
      expect(await ledger.tally('spring')).toEqual(nobody);
      await writer.freeze(freezeOf(people(1)));
      expect((await ledger.tally('spring')).planned).toBe(1);
    });

    it('claims each recipient once, in chunks, and shows them as sending to another process', async () => {
      const writer = await begun(people(7));
      const { chunks } = await turn(writer, { chunks: 2, size: 3 });
      expect(chunks.map(({ claimed }) => claimed.length)).toEqual([3, 3]);
      expect(new Set(chunks.flatMap(({ claimed }) => claimed.map(({ delivery }) => delivery))).size).toBe(6);
      expect(await (await another()).tally('spring')).toMatchObject({
        candidates: 7,
        planned: 1,
        sending: 6,
      });
      const rest = await turn(writer, { chunks: 2, size: 3 });
      expect(rest.chunks.map(({ claimed }) => claimed.length)).toEqual([1]);
      expect((await turn(writer)).chunks).toEqual([]);
    });

    it('records outcomes and claims the next in one turn', async () => {
      const writer = await begun(people(4));
      const first = only((await turn(writer, { size: 2 })).chunks);
      const second = only((await turn(writer, { size: 2, settle: [settled(first, accepted, 1)] })).chunks);
      const outcomes: Outcome[] = [
        { kind: 'rejected', reason: '550 no' },
        { kind: 'inDoubt', reason: 'reset' },
      ];
      await turn(writer, { settle: [{ chunk: second, outcomes, requests: 2 }] });
      const tally = await ledger.tally('spring');
      expect(tally).toEqual({ ...nobody, candidates: 4, accepted: 2, rejected: 1, inDoubt: 1 });
      expect((await ledger.campaign('spring'))?.requests).toBe(3);
    });

    it('plans those again who certainly were not taken, and those put off for later', async () => {
      const writer = await begun(people(2));
      const chunk = only((await turn(writer)).chunks);
      const outcomes: Outcome[] = [
        { kind: 'notSent', reason: 'nobody there' },
        { kind: 'deferred', reason: '451 later' },
      ];
      const next = await turn(writer, { settle: [{ chunk, outcomes, requests: 1 }] });
      const again = only(next.chunks);
      expect(again.claimed.map(({ recipient: r }) => r.id)).toEqual([recipient(0).id]);
      const { nextDue, chunks } = await turn(writer, { settle: [settled(again, accepted)] });
      expect(chunks).toEqual([]);
      expect(nextDue?.since(NOW).total('milliseconds')).toBeGreaterThan(0);
      const due = only((await turn(writer, { now: nextDue ?? NOW })).chunks);
      expect(due.claimed.map(({ recipient: r }) => r.id)).toEqual([recipient(1).id]);
    });

    it('gives up after the last deferral, with the reason', async () => {
      const writer = await begun(people(1));
      let now = NOW;
      let settle: Settlement[] = [];
      let tries = 0;
      for (;;) {
        const { chunks, nextDue } = await turn(writer, { settle, now });
        if (chunks.length === 0 && !nextDue) break;
        settle = chunks.map((chunk) => settled(chunk, { kind: 'deferred', reason: '451 later' }));
        tries += chunks.length;
        if (nextDue) now = nextDue;
      }
      expect(tries).toBe(5);
      expect(await ledger.tally('spring')).toMatchObject({ rejected: 1, planned: 0 });
    });

    it('excludes at the claim whoever must not be written to by then, and fills the chunk with others', async () => {
      const writer = await begun(people(6));
      const gone = new Set([0, 1, 3].map((n) => recipient(n).key));
      const exclude = ({ key }: { key: string }) => (gone.has(key) ? ('suppressed' as const) : undefined);
      const chunk = only(
        (await writer.turn({ settle: [], claim: { chunks: 1, size: 2 }, exclude, now: NOW })).chunks,
      );
      expect(chunk.claimed.map(({ recipient: r }) => r.id)).toEqual([2, 4].map((n) => recipient(n).id));
      expect(await ledger.tally('spring')).toMatchObject({
        excluded: { suppressed: 3 },
        sending: 2,
        planned: 1,
      });
    });

    it('lets one process write a campaign, and others write other campaigns', async () => {
      const writer = await begun(people(1));
      const other = await another();
      await expect(other.write('spring', NOW)).rejects.toSatisfy((e) => isSecError(e, 'CAMPAIGN_BUSY'));
      expect(await other.isBusy('spring')).toBe(true);
      expect((await other.tally('spring')).planned).toBe(1);
      const autumn = await other.write('autumn', NOW);
      await autumn.release();
      await writer.release();
      expect(await other.isBusy('spring')).toBe(false);
      await (await other.write('spring', NOW)).release();
    });

    it('puts what a lost writer had in flight in doubt, by name, and never plans it again', async () => {
      const writer = await begun(people(4));
      await turn(writer, { size: 3 });
      await writer.release();
      expect(await ledger.tally('spring')).toMatchObject({ sending: 3 });
      const next = await (await another()).write('spring', later(5));
      expect(next.lost).toBe(3);
      expect(await ledger.tally('spring')).toMatchObject({ sending: 0, inDoubt: 3, planned: 1 });
      const doubts = await ledger.doubts('spring');
      expect(doubts.map(({ address }) => address)).toEqual([0, 1, 2].map((n) => recipient(n).address));
      expect(doubts[0]?.since).toEqual(later(5));
      expect(only((await turn(next)).chunks).claimed).toHaveLength(1);
    });

    it('refuses every write of a writer that was shut out', async () => {
      const stale = await begun(people(3));
      const chunk = only((await turn(stale, { size: 1 })).chunks);
      await stale.release();
      const fresh = await (await another()).write('spring', NOW);
      const fenced = (error: unknown) => isSecError(error, 'CAMPAIGN_FENCED');
      await expect(turn(stale, { settle: [settled(chunk, accepted)] })).rejects.toSatisfy(fenced);
      await expect(turn(stale)).rejects.toSatisfy(fenced);
      await expect(stale.resolve('accepted', undefined, NOW)).rejects.toSatisfy(fenced);
      await expect(stale.freeze(freezeOf(people(1)))).rejects.toSatisfy(fenced);
      expect(await ledger.tally('spring')).toMatchObject({ accepted: 0, inDoubt: 1, planned: 2 });
      await fresh.release();
    });

    it('obeys a pause or cancel at the next claim, and still records what came back', async () => {
      const writer = await begun(people(4));
      const chunk = only((await turn(writer, { size: 2 })).chunks);
      await (await another()).request('spring', 'pause');
      const paused = await turn(writer, { settle: [settled(chunk, accepted)] });
      expect(paused).toMatchObject({ chunks: [], control: 'pause' });
      expect(await ledger.tally('spring')).toMatchObject({ accepted: 2, planned: 2 });
      await ledger.request('spring', 'go');
      expect(only((await turn(writer)).chunks).claimed).toHaveLength(2);
    });

    it('stays cancelled, whatever is asked of it afterwards', async () => {
      const writer = await begun(people(2));
      await (await another()).request('spring', 'cancel');
      for (const wish of ['pause', 'go'] as const)
        await expect(ledger.request('spring', wish)).rejects.toSatisfy((error) =>
          isSecError(error, 'CAMPAIGN_CANCELLED'),
        );
      await ledger.request('spring', 'cancel');
      expect(await turn(writer)).toMatchObject({ chunks: [], control: 'cancel' });
    });

    it('settles those in doubt, all or by name', async () => {
      const writer = await begun(people(3));
      const chunk = only((await turn(writer)).chunks);
      await turn(writer, { settle: [settled(chunk, { kind: 'inDoubt', reason: 'reset' })] });
      expect(await writer.resolve('accepted', [recipient(1).id, 'nobody'], NOW)).toBe(1);
      expect(await writer.resolve('not-accepted', undefined, NOW)).toBe(2);
      expect(await ledger.tally('spring')).toEqual({ ...nobody, candidates: 3, accepted: 1, planned: 2 });
    });

    it('draws answers together by hour and by domain, and names its campaigns', async () => {
      expect([await ledger.campaigns(), await ledger.breakdown('spring')]).toEqual([
        [],
        { hours: [], domains: [] },
      ]);
      const at = (address: string): Candidate => ({
        kind: 'recipient',
        recipient: { ...recipient(address.length), address, key: address.toLowerCase(), id: address },
      });
      const writer = await ledger.write('spring', NOW);
      await writer.freeze(freezeOf([at('a@Mail.example'), at('bb@mail.example'), at('"c@d"@other.example')]));
      const first = only((await turn(writer, { size: 1 })).chunks);
      const second = await turn(writer, { settle: [settled(first, accepted)], size: 2, now: later(1000) });
      const refused: Outcome = { kind: 'rejected', reason: '550 no' };
      const next = only(second.chunks);
      const outcomes = [refused, accepted];
      await turn(writer, {
        settle: [{ chunk: next, outcomes, requests: 2 }],
        chunks: 0,
        now: later(3_600_000),
      });
      await writer.release();
      expect(await ledger.campaigns()).toEqual(['spring']);
      expect(await ledger.breakdown('spring')).toEqual({
        hours: [
          { hour: NOW, accepted: 1, rejected: 0 },
          { hour: later(3_600_000), accepted: 1, rejected: 1 },
        ],
        domains: [
          { domain: 'mail.example', accepted: 1, rejected: 1, inDoubt: 0 },
          { domain: 'other.example', accepted: 1, rejected: 0, inDoubt: 0 },
        ],
      });
    });

    it('names those who are still to get a campaign, and only those', async () => {
      const writer = await begun([...people(4), { kind: 'excluded', reason: 'invalid', line: 7 }]);
      const { chunks } = await turn(writer, {
        size: 2,
        exclude: ({ id }) => (id === recipient(3).id ? 'suppressed' : undefined),
      });
      const open = async () => {
        const found: string[] = [];
        for await (const { id, address } of ledger.members('spring')) found.push(`${id} ${address}`);
        return found;
      };
      const named = (...numbers: number[]) =>
        numbers.map((n) => `${recipient(n).id} ${recipient(n).address}`);
      expect(await open()).toEqual(named(0, 1, 2, 3));
      await turn(writer, {
        settle: [settled(only(chunks), accepted)],
        size: 2,
        exclude: ({ id }) => (id === recipient(3).id ? 'suppressed' : undefined),
      });
      expect(await open()).toEqual(named(2));
      for await (const _ of ledger.members('never')) throw new Error('Nobody was to get it.');
    });

    describe('whose people ask to be forgotten', () => {
      const EMAIL = 'person0@example.com';
      const kept = async (id = recipient(0).id) =>
        (await ledger.deliveries(id)).map(({ campaign, state, address, fields }) => ({
          campaign,
          state,
          address,
          fields,
        }));

      it('shows one person what it keeps of them, and of nobody else', async () => {
        const writer = await begun(people(3));
        const chunk = only((await turn(writer, { size: 2 })).chunks);
        await turn(writer, { settle: [settled(chunk, accepted)], chunks: 0, now: later(1000) });
        const [delivery, ...more] = await ledger.deliveries(recipient(0).id);
        expect(more).toEqual([]);
        expect(delivery).toEqual({
          campaign: 'spring',
          list: 'customers',
          basis: 'customer',
          address: EMAIL,
          fields: { first_name: 'Name 0' },
          language: 'en',
          state: 'accepted',
          reason: null,
          at: later(1000),
        });
        expect(await ledger.deliveries('nobody')).toEqual([]);
        expect([...(await ledger.mailedSince(NOW))].sort()).toEqual(
          [recipient(0).id, recipient(1).id].sort(),
        );
        expect(await ledger.mailedSince(later(1001))).toEqual(new Set());
      });

      it('blanks one of them, keeps the sums, and never claims them again', async () => {
        const writer = await begun(people(4));
        const chunk = only((await turn(writer, { size: 2 })).chunks);
        const doubtful: Outcome = { kind: 'inDoubt', reason: 'reset' };
        await turn(writer, {
          settle: [{ chunk, outcomes: [doubtful, accepted], requests: 2 }],
          chunks: 0,
        });
        const autumn = await ledger.write('autumn', NOW);
        await autumn.freeze(freezeOf(people(2)));
        expect(await ledger.held({ recipient: recipient(0).id })).toBe(2);

        const other = await another();
        expect(await other.erase({ recipient: recipient(0).id }, NOW)).toBe(2);
        expect(await other.erase({ recipient: recipient(0).id }, NOW)).toBe(0);
        expect(await ledger.held({ recipient: recipient(0).id })).toBe(0);
        expect(await kept()).toEqual([
          { campaign: 'spring', state: 'inDoubt', address: null, fields: {} },
          { campaign: 'autumn', state: 'excluded', address: null, fields: {} },
        ]);
        expect(await ledger.doubts('spring')).toMatchObject([{ id: recipient(0).id, address: '' }]);
        expect(await ledger.tally('autumn')).toEqual({
          ...nobody,
          candidates: 2,
          excluded: { ...nobody.excluded, suppressed: 1 },
          planned: 1,
        });
        const { domains } = await ledger.breakdown('spring');
        expect(domains.map(({ domain }) => domain).sort()).toEqual(['', 'example.com']);

        expect(await writer.resolve('not-accepted', undefined, NOW)).toBe(1);
        const next = only((await turn(writer)).chunks);
        expect(next.claimed.map(({ recipient: { address } }) => address)).toEqual([
          'person2@example.com',
          'person3@example.com',
        ]);
        const tally = await ledger.tally('spring');
        expect(tally).toMatchObject({ excluded: { suppressed: 1 }, accepted: 1, sending: 2 });
        expect(isBalanced(tally)).toBe(true);
      });

      it('blanks somebody whose mail is on its way, and takes their outcome still', async () => {
        const writer = await begun(people(1));
        const chunk = only((await turn(writer)).chunks);
        expect(await ledger.erase({ recipient: recipient(0).id }, NOW)).toBe(1);
        const put: Outcome = { kind: 'notSent', reason: 'gone' };
        const { chunks } = await turn(writer, { settle: [settled(chunk, put)] });
        expect(chunks).toEqual([]);
        expect(await ledger.tally('spring')).toMatchObject({ excluded: { suppressed: 1 }, planned: 0 });
      });

      it('takes their address out of what is kept of others', async () => {
        const note = (n: number, text: string): Candidate => ({
          kind: 'recipient',
          recipient: recipient(n, { fields: { note: text } }),
        });
        await begun([note(0, 'x'), note(1, `friend of Person0@Example.com`), note(2, `not${EMAIL}`)]);
        const parsed = parseEmailAddress(EMAIL);
        if (!parsed.ok) throw new Error('an address was expected');
        await ledger.erase({ recipient: recipient(0).id }, NOW, tracesOf(parsed.address));
        expect((await kept(recipient(1).id))[0]?.fields).toEqual({ note: 'friend of …' });
        expect((await kept(recipient(2).id))[0]?.fields).toEqual({ note: `not${EMAIL}` });
      });

      it('blanks everybody of one campaign', async () => {
        const writer = await begun(people(3));
        await (await ledger.write('autumn', NOW)).freeze(freezeOf(people(1)));
        await turn(writer, { settle: [settled(only((await turn(writer)).chunks), accepted)], chunks: 0 });
        expect(await ledger.held({ campaign: 'spring' })).toBe(3);
        expect(await ledger.erase({ campaign: 'spring' }, NOW)).toBe(3);
        expect(await ledger.held({ campaign: 'spring' })).toBe(0);
        expect(await ledger.tally('spring')).toEqual({ ...nobody, candidates: 3, accepted: 3 });
        expect(await ledger.tally('autumn')).toMatchObject({ planned: 1 });
      });
    });

    describe('what is held back', () => {
      const first = NOW.add({ minutes: 20 });
      const last = NOW.add({ minutes: 30 });
      const doubtful: Outcome = { kind: 'inDoubt', reason: 'reset' };

      /** Two accepted that leave first, two accepted and one in doubt that leave last, one that was not held. */
      const held = async () => {
        const writer = await begun(people(6));
        await writer.hold('batch-1');
        const claim = async (size: number, departs?: Temporal.Instant) =>
          only(
            (
              await writer.turn({
                settle: [],
                claim: { chunks: 1, size },
                exclude: () => undefined,
                departs,
                now: NOW,
              })
            ).chunks,
          );
        const [one, two, three] = [await claim(2, first), await claim(3, last), await claim(1)];
        const mixed = { chunk: two, outcomes: [accepted, accepted, doubtful], requests: 1 };
        await turn(writer, { settle: [settled(one, accepted), mixed, settled(three, accepted)], chunks: 0 });
        return writer;
      };

      it('is known with its batch and its times, to every handle', async () => {
        await held();
        const other = await another();
        expect(await other.campaign('spring')).toMatchObject({ batch: 'batch-1', recalled: 0 });
        expect(await other.departing('spring', NOW)).toEqual({ count: 5, first, last });
        expect(await other.departing('spring', first)).toEqual({ count: 3, first: last, last });
        expect(await other.departing('spring', last)).toMatchObject({ count: 0, first: undefined });
        expect(await other.departing('autumn', NOW)).toMatchObject({ count: 0 });
      });

      it('keeps the batch that was named first, whoever names another', async () => {
        const writer = await begun(people(1));
        expect(await writer.hold('batch-1')).toBe('batch-1');
        expect(await writer.hold('batch-2')).toBe('batch-1');
        expect(await ledger.campaign('spring')).toMatchObject({ batch: 'batch-1' });
      });

      it('is called back where it was accepted and leaves after the moment, and nobody else', async () => {
        const writer = await held();
        expect(await writer.recall(first, NOW)).toBe(2);
        expect(await writer.recall(first, NOW)).toBe(0);
        const tally = await ledger.tally('spring');
        expect(tally).toEqual({ ...nobody, candidates: 6, accepted: 3, rejected: 2, inDoubt: 1 });
        expect(isBalanced(tally)).toBe(true);
        expect(await ledger.campaign('spring')).toMatchObject({ recalled: 2 });
        const [delivery] = await ledger.deliveries(recipient(2).id);
        expect(delivery).toMatchObject({ state: 'rejected', reason: 'called back before it left' });
      });

      it('is called back by nobody but the campaign’s writer', async () => {
        const writer = await held();
        await writer.release();
        await (await ledger.write('spring', NOW)).release();
        await expect(writer.recall(NOW, NOW)).rejects.toSatisfy((error) =>
          isSecError(error, 'CAMPAIGN_FENCED'),
        );
        expect(await ledger.tally('spring')).toMatchObject({ accepted: 5, rejected: 0 });
      });
    });

    it('keeps two campaigns apart', async () => {
      const spring = await begun(people(2));
      const autumn = await ledger.write('autumn', NOW);
      await autumn.freeze(freezeOf(people(5), { list: 'others' }));
      await turn(spring, { settle: [settled(only((await turn(spring)).chunks), accepted)] });
      expect(await ledger.tally('spring')).toMatchObject({ candidates: 2, accepted: 2 });
      expect(await ledger.tally('autumn')).toMatchObject({ candidates: 5, planned: 5, accepted: 0 });
    });
  });
}
