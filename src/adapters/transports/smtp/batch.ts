import { composed } from '../../../delivery/composed.ts';
import { asciiAddress } from '../../../delivery/mime/mailbox.ts';
import type { Outcome } from '../../../delivery/outcome.ts';
import type { Mail, SendReport } from '../../../delivery/transport.ts';
import type { Carrier } from './carrier.ts';
import type { Letter } from './letter.ts';

/** Makes the letters of a batch and has them carried. */
export async function sendBatch(
  batch: readonly Mail[],
  carrier: Carrier,
  mayGo: () => boolean = () => true,
): Promise<SendReport> {
  const outcomes: (Outcome | undefined)[] = [];
  const letters: Letter[] = [];
  const places: number[] = [];
  for (const [place, made] of (await Promise.all(batch.map(letterFor))).entries()) {
    if ('kind' in made) outcomes[place] = made;
    else {
      letters.push(made);
      places.push(place);
    }
  }
  const carried = await carrier.carry(letters, mayGo);
  for (const [n, place] of places.entries()) outcomes[place] = carried.outcomes[n];
  const rest: Outcome = { kind: 'notSent', reason: carried.problem };
  return { outcomes: batch.map((_, place) => outcomes[place] ?? rest), requests: carried.requests };
}

async function letterFor(mail: Mail): Promise<Letter | Outcome> {
  const filled = await composed(mail);
  if ('kind' in filled) return filled;
  return { ...filled, from: asciiAddress(mail.message.from.email), to: mail.recipient.address };
}
