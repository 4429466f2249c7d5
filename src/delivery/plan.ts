import { createHash } from 'node:crypto';
import type { AudienceSource, Basis, Candidate, Recipient } from '../audience/audience.ts';
import type { MergeFields, Message } from '../campaign/message.ts';
import type { Digest } from '../core/digest.ts';
import { fail } from '../core/errors/index.ts';
import { step, tick, type Work } from '../core/progress.ts';
import { messageFor } from './mailroom.ts';
import { type Suppression, safely } from './suppression.ts';
import { nobody, type Tally } from './tally.ts';

/** What a send would do: shown, confirmed, and then done to exactly these people. */
export interface AudiencePlan {
  readonly list: string;
  readonly basis: Basis;
  readonly tally: Tally;
  /** SHA-256 over who they are, in their order. */
  readonly fingerprint: Digest;
}

export interface PlanOptions {
  readonly audience: AudienceSource;
  readonly messages: ReadonlyMap<string, Message>;
  readonly suppression: Suppression;
  /** Shown each recipient with the language they would be written to in; what it throws ends the plan. */
  readonly see?: (fields: MergeFields, language: string) => void;
}

/** So many are asked about at once: a look-up costs as much for one as for dozens. */
const TOGETHER = 500;

/** Goes through the audience once and counts; records nothing. @throws AUDIENCE_EMPTY */
export async function* planAudience(options: PlanOptions): Work<AudiencePlan> {
  const { audience, messages, see } = options;
  const suppressedOf = safely(options.suppression);
  const fingerprint = newFingerprint();
  const excluded = { ...nobody.excluded };
  let [candidates, planned] = [0, 0];
  let waiting: Recipient[] = [];
  const judge = () => {
    const suppressed = suppressedOf(
      waiting.map(({ key }) => key),
      waiting.map(({ id }) => id),
    );
    for (const recipient of waiting) {
      if (suppressed.has(recipient.key)) excluded.suppressed++;
      else {
        planned++;
        see?.(recipient.fields, messageFor(messages, recipient).language);
      }
    }
    waiting = [];
  };
  yield step(`Reading ${audience.list}`);
  for await (const candidate of audience.candidates()) {
    fingerprint.add(candidate);
    if (++candidates % 1000 === 0) yield tick(candidates);
    if (candidate.kind === 'excluded') excluded[candidate.reason]++;
    else if (waiting.push(candidate.recipient) === TOGETHER) judge();
  }
  judge();
  yield tick(candidates);
  const { list, basis } = audience;
  if (planned === 0) throw fail('AUDIENCE_EMPTY', { list, candidates });
  return {
    list,
    basis,
    tally: { ...nobody, candidates, excluded, planned },
    fingerprint: fingerprint.value(),
  };
}

/** Hashed together: a call costs more than the few letters of one person. */
const PIECE_LETTERS = 8192;

/** Tells two audiences apart by who is in them. */
export function newFingerprint() {
  const hash = createHash('sha256');
  let piece = '';
  const flush = () => {
    hash.update(piece);
    piece = '';
  };
  return {
    add(candidate: Candidate) {
      piece +=
        candidate.kind === 'recipient' ? `+${identity(candidate.recipient)}\n` : `-${candidate.reason}\n`;
      if (piece.length > PIECE_LETTERS) flush();
    },
    value(): Digest {
      flush();
      return hash.digest('hex');
    },
  };
}

const identity = ({ key, address, fields, language }: Recipient) =>
  JSON.stringify([key, address, language ?? null, fields]);
