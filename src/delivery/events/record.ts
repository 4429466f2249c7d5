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
  readonly log: Pick<EventLog, 'add' | 'has'>;
  /** @returns whether the recipient was not suppressed before */
  suppress(recipient: string, at: Temporal.Instant, cause: string): boolean;
}

/**
 * Records what was told, and sees to it that those who must not be written to are not. Suppressed first and
 * recorded second: a run that dies in between does both again, and nobody is forgotten. What was told before
 * changes nothing: somebody who was allowed again since then stays allowed.
 */
export function recordEvents(events: Iterable<MailEvent>, { log, suppress }: RecordOptions): Recorded {
  const added: Partial<Record<EventKind, number>> = {};
  let [known, suppressed] = [0, 0];
  for (const event of events) {
    if (log.has(event.id)) {
      known++;
      continue;
    }
    const cause = suppressionCause(event);
    if (cause && suppress(event.recipient, event.at, cause)) suppressed++;
    if (log.add(event)) added[event.kind] = (added[event.kind] ?? 0) + 1;
  }
  return { added, known, suppressed };
}
