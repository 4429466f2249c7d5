import { wallTimeOf } from '../../core/wall-time.ts';
/** `1 page`, `12 pages`, `1,204 pages`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${grouped(n)} ${n === 1 ? one : many}`;
}

/** `1,204`: a whole number in English, without waking the language data of Node, which takes longer than a light command. */
const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** A size as a person reads it: `812 B`, `28 kB`, `3.4 MB` (decimal units). */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** A duration as a person reads it: `0.4 s`, `12 s`, `3 min 20 s`. */
export function duration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** An instant on a clock on the wall: `2026-03-02 12:00`; what is no instant, such as `just now`, as it stands. */
export function wallTime(iso: string, timezone: string): string {
  if (!/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(iso)) return iso;
  return wallTimeOf(Temporal.Instant.from(iso), timezone);
}
