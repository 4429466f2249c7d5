import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { isInBytes, type Traces } from '../../privacy/traces.ts';

const WINDOW = 4 * 1024 * 1024;
const OVERLAP = 4096; // longer than any form of an address
/** What is cleared from within: deleted rows leave no byte there. */
const isDatabase = (name: string) => /\.sqlite(-wal|-shm|-journal)?$/.test(name);

/**
 * Files below a folder that hold an address in any form. Databases are left out, links not followed, large files read
 * piece by piece.
 *
 * @param dir absolute; nothing is found where there is none
 * @param mailbox the address as it was written
 * @param window what files are read into, one after the other
 */
export function* findTraces(
  dir: string,
  mailbox: string,
  traces: Traces,
  window: Buffer = Buffer.alloc(WINDOW),
): Generator<string> {
  let entries: ReturnType<typeof readEntries>;
  try {
    entries = readEntries(dir);
  } catch {
    return;
  }
  for (const entry of entries) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) yield* findTraces(path, mailbox, traces, window);
    else if (entry.isFile() && !isDatabase(entry.name) && isInFile(path, mailbox, traces, window)) yield path;
  }
}

const readEntries = (dir: string) => readdirSync(dir, { withFileTypes: true });

function isInFile(path: string, mailbox: string, traces: Traces, bytes: Buffer): boolean {
  const file = openSync(path, 'r');
  try {
    for (let kept = 0; ; ) {
      const read = readSync(file, bytes, kept, WINDOW - kept, null);
      const length = kept + read;
      if (isInBytes(traces, mailbox, bytes.subarray(0, length))) return true;
      if (read === 0 || length < WINDOW) return false;
      bytes.copyWithin(0, length - OVERLAP, length);
      kept = OVERLAP;
    }
  } finally {
    closeSync(file);
  }
}
