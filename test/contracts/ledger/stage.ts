import type { Candidate, ExclusionReason } from '../../../src/audience/audience.ts';
import type { Chunk, FreezeRequest, Ledger, LedgerWriter, Settlement } from '../../../src/delivery/ledger.ts';
import type { Outcome } from '../../../src/delivery/outcome.ts';
import { recipient } from '../../delivery/fixtures.ts';

/** What a test of the suite stands on. Made anew for each. */
export interface LedgerStage {
  /** A handle on the record. */
  readonly ledger: Ledger;
  /** Another one, as a second process would have it. */
  another(): Promise<Ledger>;
  /** The campaign "spring", frozen. */
  begun(candidates: readonly Candidate[]): Promise<LedgerWriter>;
}

export const NOW = Temporal.Instant.from('2026-03-02T10:00:00Z');
export const later = (ms: number) => NOW.add({ milliseconds: ms });

export const people = (count: number): Candidate[] =>
  Array.from({ length: count }, (_, n) => ({ kind: 'recipient', recipient: recipient(n) }));

async function* stream(candidates: readonly Candidate[]): AsyncGenerator<Candidate> {
  yield* candidates;
}

export const freezeOf = (
  candidates: readonly Candidate[],
  over: Partial<FreezeRequest> = {},
): FreezeRequest => ({
  list: 'customers',
  basis: 'customer',
  messages: { en: 'digest-en' },
  candidates: stream(candidates),
  languageOf: () => 'en',
  confirm: () => {},
  now: NOW,
  ...over,
});

export const accepted: Outcome = { kind: 'accepted', providerId: 'q1' };
export const settled = (chunk: Chunk, outcome: Outcome, requests = chunk.claimed.length): Settlement => ({
  chunk,
  outcomes: chunk.claimed.map(() => outcome),
  requests,
});

export const turn = (
  writer: LedgerWriter,
  {
    settle = [] as Settlement[],
    chunks = 1,
    size = 10,
    exclude = (_recipient: { readonly id: string }): ExclusionReason | undefined => undefined,
    now = NOW,
  } = {},
) => writer.turn({ settle, claim: { chunks, size }, exclude: () => exclude, now });

export const only = (chunks: readonly Chunk[]): Chunk => {
  const [chunk] = chunks;
  if (!chunk || chunks.length !== 1) throw new Error(`one chunk was expected, not ${chunks.length}`);
  return chunk;
};
