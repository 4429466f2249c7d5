import { composed } from '../../../delivery/composed.ts';
import { asciiAddress } from '../../../delivery/mime/mailbox.ts';
import type { Outcome } from '../../../delivery/outcome.ts';
import type { Mail, SendReport } from '../../../delivery/transport.ts';
import { plainProblem } from './classify.ts';
import type { Letter } from './envelope.ts';
import { lost } from './failure.ts';
import type { SessionPool } from './pool.ts';

/** A server that breaks off after each message is asked no more than this often, at the price of one doubt each time. */
const DOUBTS_IN_A_ROW = 2;

/**
 * Sends a batch over one connection at a time. What a connection did not take goes over the next one: a kept one may
 * have been closed by the server meanwhile, and many servers take so many messages each. A new one that takes nothing
 * ends the batch.
 */
export async function sendBatch(
  batch: readonly Mail[],
  pool: SessionPool,
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
  const given = await giveAll(letters, pool, mayGo);
  for (const [n, place] of places.entries()) outcomes[place] = given.outcomes[n];
  const rest: Outcome = { kind: 'notSent', reason: given.problem };
  return { outcomes: batch.map((_, place) => outcomes[place] ?? rest), requests: given.requests };
}

async function letterFor(mail: Mail): Promise<Letter | Outcome> {
  const bytes = await composed(mail);
  if (!(bytes instanceof Uint8Array)) return bytes;
  return { from: asciiAddress(mail.message.from.email), to: mail.recipient.address, bytes };
}

async function giveAll(letters: readonly Letter[], pool: SessionPool, mayGo: () => boolean) {
  const outcomes: (Outcome | undefined)[] = letters.map(() => undefined);
  let left = [...letters.keys()];
  let problem = 'not reached';
  let doubts = 0;
  let requests = 0;
  while (left.length > 0) {
    const taken = await pool.take().catch((error: unknown) => lost('connect', error));
    if (taken instanceof Error) return { outcomes, requests, problem: plainProblem(taken) };
    const { session, isKept } = taken;
    const served = await session.send(
      left.flatMap((n) => letters[n] ?? []),
      mayGo,
    );
    const [asked, did] = [left, served.outcomes.filter((outcome) => outcome !== undefined)];
    for (const [n, place] of asked.entries()) outcomes[place] = served.outcomes[n];
    left = asked.filter((place) => outcomes[place] === undefined);
    requests += did.length;
    problem = served.problem ?? problem;
    pool.give(session);
    doubts = did.length > 0 && did.every(({ kind }) => kind === 'inDoubt') ? doubts + 1 : 0;
    const isStuck = did.length === 0 && !isKept;
    if (isStuck || doubts === DOUBTS_IN_A_ROW || did.some(({ kind }) => kind === 'notSent')) break;
  }
  return { outcomes, requests, problem };
}
