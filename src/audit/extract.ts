import { type Digest, digestOf } from '../core/digest.ts';
import { fail } from '../core/errors/index.ts';
import { type AuditEntry, verifyChain } from './chain.ts';

/** An entry of somebody else, of whom an extract tells its place in the chain and nothing more. */
export interface HiddenEntry {
  readonly seq: number;
  readonly hash: Digest;
}

/**
 * The log as one client may have it: its own entries whole, of all others number and hash. Each own entry can be
 * recomputed, and the numbers and hashes show that none of its own is missing between them.
 */
export interface AuditExtract {
  readonly v: 1;
  readonly client: string;
  readonly head: Digest;
  readonly entries: readonly (AuditEntry | HiddenEntry)[];
}

/** @throws AUDIT_BROKEN: a log that does not hold together is handed to nobody */
export function extractFor(client: string, entries: readonly AuditEntry[]): AuditExtract {
  const { head } = verifyChain(entries);
  return {
    v: 1,
    client,
    head,
    entries: entries.map((entry) => (entry.client === client ? entry : { seq: entry.seq, hash: entry.hash })),
  };
}

/**
 * Checks an extract without the log: every own entry by its content and by the hash before it, the others by their
 * place.
 *
 * @param witnessed a chain head of an earlier receipt, which must be among the hashes
 * @throws AUDIT_BROKEN
 */
export function verifyExtract(extract: AuditExtract, witnessed?: Digest): { own: number; head: Digest } {
  const { entries, head, client } = extract;
  let own = 0;
  for (const [n, entry] of entries.entries()) {
    if (entry.seq !== n + 1) throw broken(n + 1, 'an entry is missing or out of its place');
    if (!isWhole(entry)) continue;
    own += 1;
    const before = entries[n - 1]?.hash;
    if (entry.client !== client) throw broken(entry.seq, 'it is about another client');
    checkEntry(entry, before);
  }
  if ((entries.at(-1)?.hash ?? head) !== head) throw broken(entries.length, 'it is not the head');
  if (witnessed !== undefined && !entries.some(({ hash }) => hash === witnessed))
    throw broken(entries.length + 1, 'the entry that the witness names is not there, so the end was cut off');
  return { own, head };
}

/** More than number and hash: an entry with a misspelt field is a damaged one, no other client's. */
const isWhole = (entry: AuditEntry | HiddenEntry): entry is AuditEntry =>
  Object.keys(entry).sort().join() !== 'hash,seq';

/** One entry alone: what it holds, and that it follows the one before. */
function checkEntry({ seq, hash, ...rest }: AuditEntry, before: Digest | undefined): void {
  const { prev } = rest;
  if (before !== undefined && prev !== before) throw broken(seq, 'it does not follow the entry before');
  if (digestOf({ seq, ...rest }) !== hash) throw broken(seq, 'its content was changed');
}

const broken = (entry: number, problem: string) => fail('AUDIT_BROKEN', { entry, problem });
