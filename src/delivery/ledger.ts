import type { Basis, Candidate, ExclusionReason, Recipient } from '../audience/audience.ts';
import type { Digest } from '../core/digest.ts';
import type { Traces } from '../privacy/traces.ts';
import type { Outcome } from './outcome.ts';
import type { Breakdown } from './report/report.ts';
import type { RecipientState, Standing } from './state.ts';
import type { Tally } from './tally.ts';

/** Whether a writer is a campaign's only one, or one of several where the ledger is shared by machines. */
export type Togetherness = 'alone' | 'together';

/** What people asked of a campaign; obeyed by its writer at the next claim. */
export type Control = 'go' | 'pause' | 'cancel';

/** What was fixed at the first send. */
export interface CampaignRecord {
  readonly campaign: string;
  /** The list's name, or the CSV file's. */
  readonly list: string;
  readonly basis: Basis;
  /** The message's digest by language. */
  readonly messages: Readonly<Record<string, Digest>>;
  readonly frozenAt: Temporal.Instant;
  readonly control: Control;
  readonly requests: number;
  /** When it is meant to begin, where that was said. */
  readonly scheduledFor: Temporal.Instant | undefined;
  /** What the transport calls the mails that it holds back for a while, where it does. */
  readonly batch: string | undefined;
  /** How many of the rejected were called back before they left. */
  readonly recalled: number;
}

export interface FreezeRequest {
  readonly list: string;
  readonly basis: Basis;
  readonly messages: Readonly<Record<string, Digest>>;
  readonly candidates: AsyncIterable<Candidate>;
  /** The language that a recipient is written to in; always one of `messages`. */
  languageOf(recipient: Recipient): string;
  /** Called after the last candidate, inside the transaction: what it throws undoes the freeze. */
  confirm(): void;
  /** When it is meant to begin; at once unless said. */
  readonly scheduledFor?: Temporal.Instant | undefined;
  readonly now: Temporal.Instant;
}

/** A recipient claimed for sending, in the language frozen for them. */
export interface Claimed {
  /** The ledger's own number for this delivery. */
  readonly delivery: number;
  readonly recipient: Recipient & { readonly language: string };
  /** Where it stands since the claim: `sending`. */
  readonly standing: Standing;
}

export interface Chunk {
  readonly chunk: number;
  readonly claimed: readonly Claimed[];
}

export interface Settlement {
  readonly chunk: Chunk;
  /** One for each of `chunk.claimed`, in its order. */
  readonly outcomes: readonly Outcome[];
  readonly requests: number;
}

export interface Turn {
  readonly settle: readonly Settlement[];
  /** Claims up to `chunks` chunks of up to `size` recipients; 0 claims nothing. */
  readonly claim: { readonly chunks: number; readonly size: number };
  /** Asked at the moment of the claim, of all who are looked at together; a reason in its answer excludes one of them. */
  exclude(recipients: readonly Recipient[]): (recipient: Recipient) => ExclusionReason | undefined;
  /** Asked once for each who is not excluded: until when (epoch milliseconds) they wait for their turn, if at all. */
  postpone?: ((recipient: Recipient) => number | undefined) | undefined;
  /** When what is claimed leaves whoever takes it, where that one holds it back; recorded with the claim. */
  readonly departs?: Temporal.Instant | undefined;
  readonly now: Temporal.Instant;
}

/** What came of the mails of all who are at work on a campaign together, since the first of them began. */
export interface Answered {
  readonly accepted: number;
  readonly rejected: number;
  readonly inDoubt: number;
}

/** Where everybody of a campaign stands, and what was answered to all who are at work on it, at one moment. */
export interface Look {
  readonly tally: Tally;
  /** Absent for one alone. */
  readonly answered?: Answered | undefined;
}

export interface TurnResult {
  readonly chunks: readonly Chunk[];
  readonly control: Control;
  /** When the next is due, where nobody was claimed; that may be now, where many had to be passed over. */
  readonly nextDue: Temporal.Instant | undefined;
  /** Absent for one alone. */
  readonly answered?: Answered | undefined;
  /**
   * Resolves once all of it is on the disk; nothing that was claimed may go out before. Absent where it is when the
   * turn returns. Rejects with IO_FAILED.
   */
  readonly durable?: Promise<void> | undefined;
}

/** What is held back, and when it leaves. */
export interface Departing {
  readonly count: number;
  /** Undefined where nothing is held. */
  readonly first: Temporal.Instant | undefined;
  readonly last: Temporal.Instant | undefined;
}

/** Somebody of whom nobody knows whether the mail arrived. */
export interface Doubt {
  /** The recipient's opaque id. */
  readonly id: string;
  /** Empty once it was erased. */
  readonly address: string;
  readonly reason: string;
  readonly since: Temporal.Instant;
}

/** What is kept of one person's copy of one campaign. */
export interface Delivery {
  readonly campaign: string;
  readonly list: string;
  readonly basis: Basis;
  /** Null once it was erased. */
  readonly address: string | null;
  readonly fields: Readonly<Record<string, string>>;
  readonly language: string;
  readonly state: RecipientState;
  /** Why it is excluded, rejected, in doubt or planned again. */
  readonly reason: string | null;
  /** Since when it stands so. */
  readonly at: Temporal.Instant;
}

/** Somebody whom a campaign is still to reach. */
export interface Member {
  /** The opaque id under which the ledger has them. */
  readonly id: string;
  /** Null once it was erased. */
  readonly address: string | null;
}

/** Whose personal data: one person's in all campaigns, or everybody's in one campaign. */
export type Whose = { readonly recipient: string } | { readonly campaign: string };

/**
 * The durable record of who has had which campaign: one per client. SQLite and, for many machines, PostgreSQL
 * stand behind it; test/contracts/ledger.ts is what both must pass. Every method that writes has written to the
 * disk when it returns, but for a turn, which may say itself when it is there.
 */
export interface Ledger {
  campaign(campaign: string): Promise<CampaignRecord | undefined>;
  /** Counted from the rows; all zero for a campaign that was never sent. */
  tally(campaign: string): Promise<Tally>;
  doubts(campaign: string): Promise<readonly Doubt[]>;
  /**
   * Who is still to get a campaign, or may have to, because nobody knows whether it arrived. Streamed, so that memory
   * stays flat.
   */
  members(campaign: string): AsyncIterable<Member>;
  /** Names of the campaigns that have their people, sorted. */
  campaigns(): Promise<readonly string[]>;
  /** What was answered, by hour and by domain; nothing for a campaign that was never sent. */
  breakdown(campaign: string): Promise<Breakdown>;
  /** How many mails of the client's were claimed since, in all campaigns, less those that certainly never left. To the quarter of an hour. */
  sentSince(since: Temporal.Instant): Promise<number>;
  /** What is kept of one person, in the order in which it came to be. @param recipient the opaque id */
  deliveries(recipient: string): Promise<readonly Delivery[]>;
  /** How many are held back until after a moment, for certain or perhaps (in doubt). */
  departing(campaign: string, after: Temporal.Instant): Promise<Departing>;
  /** In how many deliveries somebody's address is kept. */
  held(whose: Whose): Promise<number>;
  /** Who was claimed, and may have had a mail, since a moment: opaque ids, each once. */
  mailedSince(since: Temporal.Instant): Promise<ReadonlySet<string>>;
  /**
   * Blanks addresses and fields for good, and leaves no byte of them in what the ledger keeps. The rows stay with
   * their states, so that everything adds up as before. Whoever was planned is excluded as suppressed, at once; whoever
   * would come back to be planned, at the next claim. Nothing without an address is ever claimed.
   *
   * @param traces also takes mentions of this address out of the fields of others
   * @returns how many deliveries it was
   */
  erase(whose: Whose, now: Temporal.Instant, traces?: Traces): Promise<number>;
  /** Whether a writer holds the campaign at this moment. */
  isBusy(campaign: string): Promise<boolean>;
  /**
   * Asks the writer, or the next one, to pause or not to go on at all. What is cancelled stays so.
   *
   * @throws CAMPAIGN_NOT_SENT, CAMPAIGN_CANCELLED
   */
  request(campaign: string, control: Control): Promise<void>;
  /**
   * Becomes the campaign's only writer, or one of several who are at work together where the ledger knows how: else it is
   * the only one as well. What a writer who is gone left as `sending` becomes in doubt, in the same transaction that
   * shuts that writer out.
   *
   * @throws CAMPAIGN_BUSY while another process is writing, unless both do it together
   */
  write(campaign: string, now: Temporal.Instant, how?: Togetherness): Promise<LedgerWriter>;
  close(): Promise<void>;
}

/** A writer of a campaign. Each write is refused once it was shut out, because it seemed to be gone (CAMPAIGN_FENCED). */
export interface LedgerWriter {
  /** How many an earlier writer had left in flight: they are in doubt now. */
  readonly lost: number;
  /** Records everybody, in one transaction: all of them or nobody. The first of two with one key stays. */
  freeze(request: FreezeRequest): Promise<void>;
  /** Says anew when the campaign is meant to begin; undefined for at once. */
  schedule(at: Temporal.Instant | undefined): Promise<void>;
  /**
   * Names the batch of what will be held back, before any of it goes out.
   *
   * @returns the batch of the campaign: the first that was named
   */
  hold(batch: string): Promise<string>;
  /**
   * Records that whoever was accepted and is held back until after a moment will never get it.
   *
   * @returns how many that was
   */
  recall(after: Temporal.Instant, now: Temporal.Instant): Promise<number>;
  look(): Promise<Look>;
  /** Records what came back and claims what goes out next, in one transaction. */
  turn(turn: Turn): Promise<TurnResult>;
  /** Settles those in doubt: the ids named, or all. Returns how many. */
  resolve(
    as: 'accepted' | 'not-accepted',
    ids: readonly string[] | undefined,
    now: Temporal.Instant,
  ): Promise<number>;
  /** Lets another writer in. */
  release(): Promise<void>;
}
