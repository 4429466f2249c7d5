import type { EventKind, MailEvent } from './event.ts';
import { suppressionCause } from './event.ts';
import type { EventLog } from './event-log.ts';

/** What a batch of events came to. */
export interface Recorded {
  /** Events that were not known before, by kind. */
  readonly added: Readonly<Partial<Record<EventKind, number>>>;
  /** Events that were told before. */
  readonly known: number;
  /** Recipients who get no more mail because of it, and would have had. */
  readonly suppressed: number;
}

export interface RecordOptions {
  readonly log: Pick<EventLog, 'add' | 'known'>;
  /** @returns whether the recipient was not suppressed before */
  suppress(recipient: string, at: Temporal.Instant, cause: string): boolean;
  /** Makes sure that all machines know who is suppressed. */
  tell?: (() => Promise<void>) | undefined;
}

/**
 * Records what was told, and sees to it that those who must not be written to are not. Suppressed first and
 * recorded second: a run that dies in between does both again, and nobody is forgotten. What was told before
 * changes nothing: somebody who was allowed again since then stays allowed.
 */
export async function recordEvents(
  events: readonly MailEvent[],
  { log, suppress, tell }: RecordOptions,
): Promise<Recorded> {
  const known = await log.known(events.map(({ id }) => id));
  const fresh = [...new Map(events.map((event) => [event.id, event])).values()].filter(
    ({ id }) => !known.has(id),
  );
  const suppressed = fresh.filter((event) => {
    const cause = suppressionCause(event);
    return cause !== undefined && suppress(event.recipient, event.at, cause);
  }).length;
  await tell?.();
  const isNew = await log.add(fresh);
  const added: Partial<Record<EventKind, number>> = {};
  for (const { id, kind } of fresh) if (isNew.has(id)) added[kind] = (added[kind] ?? 0) + 1;
  return { added, known: events.length - isNew.size, suppressed };
}
