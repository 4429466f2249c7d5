import type { Outcome } from '../../../delivery/outcome.ts';
import { isRefusal, plainProblem } from './classify.ts';
import { lost } from './failure.ts';
import type { Letter } from './letter.ts';
import type { MayGo } from './may-go.ts';
import type { SmtpOptions } from './options.ts';
import { SessionPool } from './pool.ts';
import { openSession } from './session.ts';

/** What came of some letters. */
export interface Carried {
  /** One for each letter; undefined for those that no connection took. */
  readonly outcomes: readonly (Outcome | undefined)[];
  /** Why they were not taken. */
  readonly problem: string;
  /** SMTP transactions. */
  readonly requests: number;
}

/** Why a server cannot be used, and whether it said so itself. */
export interface Obstacle {
  readonly isRefusal: boolean;
  readonly problem: string;
}

/** Brings letters to one mail server. */
export interface Carrier {
  /** Makes a connection and keeps it; what is in the way where none can be made. */
  check(): Promise<Obstacle | undefined>;
  /** Never throws for what a server or a network does. */
  carry(letters: readonly Letter[], mayGo: MayGo): Promise<Carried>;
  /** Ends the connections. */
  close(): Promise<void>;
}

/** A server that breaks off after each message is asked no more than this often, at the price of one doubt each time. */
const DOUBTS_IN_A_ROW = 2;

/** Carries letters over connections of this very thread, which are kept between batches. */
export function openCarrier(options: SmtpOptions): Carrier {
  const pool = new SessionPool(options.connections, () => openSession(options));
  return {
    async check() {
      try {
        pool.give((await pool.take()).session);
        return undefined;
      } catch (error) {
        const failure = lost('connect', error);
        return { isRefusal: isRefusal(failure), problem: plainProblem(failure) };
      }
    },
    carry: (letters, mayGo) => carry(letters, pool, mayGo),
    async close() {
      pool.close();
    },
  };
}

/**
 * Sends letters over one connection at a time. What a connection did not take goes over the next one: a kept one may
 * have been closed by the server meanwhile, and many servers take so many messages each. A new one that takes nothing
 * ends it.
 */
async function carry(letters: readonly Letter[], pool: SessionPool, mayGo: MayGo): Promise<Carried> {
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
