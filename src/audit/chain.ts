import { type Digest, digestOf } from '../core/digest.ts';
import { fail } from '../core/errors/index.ts';

/** What was done, by whom, to which bytes. Digests, names and numbers: never an address of a recipient. */
export interface AuditFacts {
  readonly client: string;
  /** Such as `site.publish`. */
  readonly action: string;
  /** The operator's name. */
  readonly by: string;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
}

/** One link of the chain: `hash` covers everything else in it, `prev` the entry before. */
export interface AuditEntry extends AuditFacts {
  readonly v: 1;
  /** From 1. */
  readonly seq: number;
  /** Instant in ISO 8601. */
  readonly at: string;
  /** Hash of the entry before; of nothing, 64 zeros. */
  readonly prev: Digest;
  readonly hash: Digest;
}

const chainStart: Digest = '0'.repeat(64);

/** The entry that follows `head`. */
export function nextEntry(head: AuditEntry | undefined, facts: AuditFacts, at: Temporal.Instant): AuditEntry {
  const body = {
    v: 1 as const,
    seq: (head?.seq ?? 0) + 1,
    at: at.toString({ smallestUnit: 'second' }),
    prev: head?.hash ?? chainStart,
    ...facts,
  };
  return { ...body, hash: digestOf(body) };
}

/**
 * Checks that a log holds together from its first entry to its last.
 *
 * @param witnessed a chain head that somebody else has, such as a client on a receipt: a log cut off below it fails
 * @returns the head, and how many entries there are
 * @throws AUDIT_BROKEN
 */
export function verifyChain(
  entries: readonly AuditEntry[],
  witnessed?: Digest,
): { head: Digest; entries: number } {
  let prev = chainStart;
  for (const [n, entry] of entries.entries()) {
    const { hash, ...body } = entry;
    if (entry.seq !== n + 1) throw broken(n + 1, 'an entry is missing or out of its place');
    if (entry.prev !== prev) throw broken(entry.seq, 'it does not follow the entry before');
    if (digestOf(body) !== hash) throw broken(entry.seq, 'its content was changed');
    prev = hash;
  }
  if (witnessed !== undefined && witnessed !== chainStart && !entries.some(({ hash }) => hash === witnessed))
    throw broken(entries.length + 1, 'the entry that the witness names is not there, so the end was cut off');
  return { head: prev, entries: entries.length };
}

const broken = (entry: number, problem: string) => fail('AUDIT_BROKEN', { entry, problem });
