import type { Clock } from '../../core/clock.ts';

/** A machine that slept, or whose clock was set, notices within this time. */
const LOOK_MS = 30_000;

/** Rings once when a moment has come. */
export interface Alarm {
  /** In place of the moment that was set before; undefined sets none. */
  set(moment: Temporal.Instant | undefined): void;
  close(): void;
}

/** @param ring called after the moment that was set */
export function openAlarm(clock: Clock, ring: () => void): Alarm {
  let timer: NodeJS.Timeout | undefined;
  const close = () => clearTimeout(timer);
  const set = (moment: Temporal.Instant | undefined) => {
    close();
    if (moment === undefined) return;
    const left = Math.max(0, moment.epochMilliseconds - clock.now().epochMilliseconds);
    const look = () => (clock.now().epochMilliseconds < moment.epochMilliseconds ? set(moment) : ring());
    timer = setTimeout(look, Math.min(left, LOOK_MS));
  };
  return { set, close };
}
