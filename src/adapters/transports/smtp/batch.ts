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
  const drafts = batch.map((mail) => ({ mail, draft: composed(mail) }));
  for (const [place, { mail, draft }] of drafts.entries()) {
    // Only what is signed has to be waited for.
    const filled = draft instanceof Promise ? await draft : draft;
    if ('kind' in filled) outcomes[place] = filled;
    else {
      const from = asciiAddress(mail.message.from.email);
      letters.push({ form: filled.form, entries: filled.entries, from, to: mail.recipient.address });
      places.push(place);
    }
  }
  const carried = await carrier.carry(letters, mayGo);
  for (const [n, place] of places.entries()) outcomes[place] = carried.outcomes[n];
  const rest: Outcome = { kind: 'notSent', reason: carried.problem };
  return { outcomes: batch.map((_, place) => outcomes[place] ?? rest), requests: carried.requests };
}
