import pc from 'picocolors';
import type { AuditEntry } from '../../audit/index.ts';
import { table } from './table.ts';
import { wallTime } from './words.ts';

/** The log, oldest first, digests shortened. */
export function auditView(entries: readonly AuditEntry[], timezone: string): string {
  if (entries.length === 0) return 'Nothing is in the audit log yet.';
  return table(
    entries.map(({ seq, at, client, action, by, facts }) => [
      pc.dim(String(seq)),
      wallTime(at, timezone),
      pc.bold(client),
      action,
      by,
      Object.entries(facts)
        .map(([name, value]) => `${name} ${shortened(value)}`)
        .join(', '),
    ]),
  );
}

const shortened = (value: string | number | boolean | null) =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value) ? value.slice(0, 12) : String(value ?? '–');
