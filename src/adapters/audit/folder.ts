import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type AuditEntry, type AuditLog, nextEntry } from '../../audit/index.ts';
import type { Clock } from '../../core/clock.ts';
import { fail } from '../../core/errors/index.ts';
import { privateFolder, syncFolder } from '../files/atomic.ts';

/**
 * The audit log as a folder with one file per entry, `00000001.json`. An entry gets its number by being linked to
 * that name, which only one process can do: whoever comes second reads the new head and tries the next number.
 */
export function auditFolder(dir: string, clock: Clock): AuditLog {
  return {
    async append(facts) {
      privateFolder(dir);
      for (;;) {
        const last = names(dir).at(-1);
        const head = last === undefined ? undefined : readEntry(dir, last);
        const entry = nextEntry(head, facts, clock.now());
        if (place(dir, entry)) return entry;
      }
    },
    entries: async () => (existsSync(dir) ? names(dir).map((name) => readEntry(dir, name)) : []),
  };
}

/** False where somebody else has taken the number. */
function place(dir: string, entry: AuditEntry): boolean {
  // Two who write the same in the same second make the same entry; each has a file of its own for it.
  const written = join(dir, `${entry.hash}.${randomBytes(6).toString('hex')}.tmp`);
  const file = openSync(written, 'wx', 0o600);
  try {
    writeSync(file, `${JSON.stringify(entry)}\n`);
    fsyncSync(file);
    linkSync(written, join(dir, nameOf(entry.seq)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    closeSync(file);
    rmSync(written, { force: true });
  }
  syncFolder(dir);
  return true;
}

const nameOf = (seq: number) => `${String(seq).padStart(8, '0')}.json`;
const names = (dir: string) =>
  readdirSync(dir)
    .filter((name) => /^\d{8}\.json$/.test(name))
    .sort();

/** An entry has one form: a blank more, or a field written in another way, is a changed entry too. */
function readEntry(dir: string, name: string): AuditEntry {
  const broken = (problem: string, cause?: unknown) =>
    fail('AUDIT_BROKEN', { entry: Number.parseInt(name, 10), problem }, cause);
  const text = readFileSync(join(dir, name), 'utf8');
  let entry: AuditEntry;
  try {
    entry = JSON.parse(text);
  } catch (error) {
    throw broken('it cannot be read', error);
  }
  if (`${JSON.stringify(entry)}\n` !== text) throw broken('its content was changed');
  return entry;
}
