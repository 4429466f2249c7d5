import type { Recipient } from '../audience/audience.ts';
import type { MergeFields, Message } from '../campaign/message.ts';
import type { FilledForm } from './mime/form.ts';
import type { Outcome } from './outcome.ts';

/** One message for one recipient, ready to go. */
export interface Mail {
  readonly recipient: Recipient;
  readonly message: Message;
  /** The recipient's fields with what sec adds: `email`, `recipient_id`, `unsubscribe_url`. */
  readonly fields: MergeFields;
  /** Without angle brackets; the same each time for this campaign and recipient. */
  readonly messageId: string;
  /** The whole message (RFC 5322, CRLF, the last line too). */
  bytes(): Uint8Array;
  /** The same, not put together yet, with the client's signature where there is a key to sign with. */
  signed(): FilledForm | Promise<FilledForm>;
}

export interface SendReport {
  /** One for each mail, in the order of the batch. */
  readonly outcomes: readonly Outcome[];
  /** How often the other side was asked: SMTP transactions, HTTP requests, files. */
  readonly requests: number;
  /** The other side asks to be left alone for so long; nobody in the batch that was not sent is at fault. */
  readonly pauseMs?: number;
}

/** What is not to leave before a moment, and can be called back by the name of its batch until shortly before. */
export interface Hold {
  readonly batch: string;
  readonly until: Temporal.Instant;
}

export interface Recall {
  /** A name for what is to be held back together. @throws TRANSPORT_UNREACHABLE, TRANSPORT_REFUSED */
  open(): Promise<string>;
  /**
   * Stops what is held back under a name.
   *
   * @returns whatever was to leave after this moment is stopped for certain; of the rest nobody can tell
   * @throws RECALL_UNCONFIRMED
   */
  cancel(batch: string): Promise<Temporal.Instant>;
}

/**
 * What carries mail: an SMTP server, a provider's API, a folder. One file per kind in src/adapters/transports,
 * all of them tested by one contract suite.
 */
export interface Transport {
  /** How people and errors call it: never with a password or key. */
  readonly name: string;
  /** Most mails that one `send` takes. What is in a batch when the process dies is in doubt afterwards. */
  readonly batchSize: number;
  /** How many `send`s may be under way at once. */
  readonly concurrency: number;
  /**
   * Looks whether mail can leave at all, before anything is recorded.
   *
   * @throws TRANSPORT_UNREACHABLE, TRANSPORT_REFUSED
   */
  check(): Promise<void>;
  /**
   * Hands over a batch. Never throws for what a server, a network or a disk does: that is an outcome. Never
   * sends anything twice by itself, unless the first try certainly was not taken.
   *
   * @param mayGo asked before each mail, or each request, goes out: what was claimed may have waited for its turn
   *   past the end of the client's hours. Whoever may not go was not sent to
   * @param hold only for a transport with `recall`
   */
  send(batch: readonly Mail[], mayGo?: () => boolean, hold?: Hold): Promise<SendReport>;
  /** Where what was handed over can be called back for a while. */
  readonly recall?: Recall;
  /**
   * Has the other side look at a mail as it would be sent, without sending it; only where it offers that.
   *
   * @returns what is wrong with it, in the other side's words; undefined for nothing
   */
  examine?(mail: Mail): Promise<string | undefined>;
  /** Ends what is open. */
  close(): Promise<void>;
}
