import type { Digest } from '../core/digest.ts';
import type { Traces } from '../privacy/traces.ts';
import type { Basis } from './audience.ts';
import type { ImportCounts, Outcome, PutResult } from './import-counts.ts';
import type { Person } from './person.ts';
import type { ClientKey } from './recipient-id.ts';
import type { SuppressionStore } from './suppression.ts';

/** The stored lists of one client. No other client's are reachable through it. */
export interface ListStore {
  /** The client's own secret: ids of its recipients are made with it. */
  readonly clientKey: ClientKey;
  readonly suppression: SuppressionStore;
  /** Sorted. */
  names(): string[];
  find(list: string): StoredList | undefined;
  /** Everybody on a list, in the order in which they were added; read as they are asked for. */
  members(list: string): Iterable<Member>;
  member(list: string, id: string): Member | undefined;
  /** Each import that named this recipient, oldest first: the proof of consent. */
  evidence(list: string, id: string): Evidence[];
  /** For everybody on a list, when an import last named them. */
  lastNamed(list: string): Iterable<LastNamed>;
  /**
   * Erases somebody from every list, and the mentions of their address elsewhere in the lists. Only the keyed hash
   * stays, suppressed from then on with the reason `erased`. No byte of what went is left in the file.
   * @throws LISTS_BUSY
   */
  erase(id: string, at: Temporal.Instant, traces: Traces): Erased;
  /** Takes people off a list, so that no byte of them is left in the file. They may come again. @returns how many */
  remove(list: string, ids: readonly string[]): number;
  /**
   * Begins an import. Nobody sees anything of it before `commit`, and a process that dies leaves nothing of it.
   * @throws LISTS_BUSY while another import of the client runs
   */
  beginImport(list: string, columns: readonly string[], facts: ImportFacts): ImportTransaction;
  /** Again does nothing. */
  close(): void;
}

/** When an import last named somebody. */
export interface LastNamed {
  readonly id: string;
  readonly at: Temporal.Instant;
}

/** What an erasure found in the lists. */
export interface Erased {
  /** On how many lists they were. */
  readonly lists: number;
  /** In how many other places their address stood: a colleague's note, where a consent is recorded. */
  readonly mentions: number;
}

/** Somebody on a stored list. */
export interface Member {
  readonly id: string;
  readonly address: string;
  readonly language?: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface StoredList {
  readonly name: string;
  /** Merge fields in the order in which they came to be. */
  readonly columns: readonly string[];
  readonly recipients: number;
  /** Oldest first; never empty. */
  readonly imports: readonly ImportRecord[];
}

/** What is known about an import before it runs. */
export interface ImportFacts {
  readonly at: Temporal.Instant;
  readonly file: string;
  readonly delimiter: string;
  readonly basis: Basis;
  /** Where the consent is recorded or how it was given, in the operator's words. */
  readonly source?: string;
  /** What people read when they agreed. */
  readonly wording?: string;
}

export interface ImportRecord extends ImportFacts {
  readonly sha256: Digest;
  readonly counts: ImportCounts;
}

/** The proof for one recipient: an import, and the line of its file that named them. */
export interface Evidence {
  readonly import: ImportRecord;
  readonly line: number;
}

/** Somebody of a file, under the id that their address has at this client. */
export interface Identified {
  readonly id: string;
  readonly person: Person;
  /** Where on the list they stand, where the store has come across them already. */
  readonly place?: number;
}

/** Takes the people of a file over. Nobody sees anything of it before `commit`. */
export interface ImportTransaction {
  /** Somebody of the file under the id of their address. To be called in the file's order. */
  identify(person: Person): Identified;
  /** In the file's order, many at a time. Columns that the file lacks keep what the list had. */
  put(people: readonly Identified[]): void;
  /** Works out what became of all who were put; after it, nobody more can be. */
  finish(): Readonly<Record<PutResult, Outcome>>;
  commit(done: { readonly sha256: Digest; readonly counts: ImportCounts }): void;
  rollback(): void;
}
