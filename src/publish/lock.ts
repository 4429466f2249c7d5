import { z } from 'zod';

/** How long a lock lives without a sign of life from its holder. */
const LEASE_SECONDS = 120;
/** How often a holder gives one. */
export const HEARTBEAT_SECONDS = 30;

const lockSchema = z.strictObject({
  v: z.literal(1),
  token: z.string().min(1),
  owner: z.string(),
  machine: z.string(),
  pid: z.int(),
  doing: z.string(),
  since: z.string(),
  expires: z.string(),
});

/** A lock as it lies on a host. Times are instants in ISO 8601, to the second. */
export type LockRecord = z.output<typeof lockSchema>;

/** Who wants a lock, and for what. */
export interface LockClaim {
  /** Unique to this run. */
  readonly token: string;
  /** The operator's name, as others will read it. */
  readonly owner: string;
  readonly machine: string;
  readonly pid: number;
  /** In a few plain words, such as `publishing`. */
  readonly doing: string;
  readonly client: string;
}

export function lockRecord(claim: LockClaim, since: Temporal.Instant, now: Temporal.Instant): LockRecord {
  const { token, owner, machine, pid, doing } = claim;
  const expires = now.add({ seconds: LEASE_SECONDS });
  return { v: 1, token, owner, machine, pid, doing, since: seconds(since), expires: seconds(expires) };
}

/** Reads a lock's text; undefined where it is not one, for instance half written. */
export function parseLock(text: string): LockRecord | undefined {
  try {
    const read = lockSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether a lock's holder is gone: the lease ran out, or it was a process of this machine that no longer runs.
 *
 * @param isAlive whether a process of this machine runs
 */
export function isAbandoned(
  lock: LockRecord,
  { now, machine, isAlive }: { now: Temporal.Instant; machine: string; isAlive: (pid: number) => boolean },
): boolean {
  if (Temporal.Instant.compare(Temporal.Instant.from(lock.expires), now) < 0) return true;
  return lock.machine === machine && !isAlive(lock.pid);
}

const seconds = (at: Temporal.Instant) => at.toString({ smallestUnit: 'second' });
