import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { sha256 } from '../../core/digest.ts';

const DIGEST_BYTES = 64;

/**
 * What was kept in a file to save work, or undefined: where there is none, where another Node wrote it, and
 * where a crash left a part of it, which its digest tells.
 */
export function readCache<T>(file: string): T | undefined {
  try {
    const bytes = readFileSync(file);
    const content = bytes.subarray(DIGEST_BYTES);
    if (sha256(content) !== bytes.toString('latin1', 0, DIGEST_BYTES)) return undefined;
    return deserialize(content) as T;
  } catch {
    return undefined;
  }
}

/** Keeps a value of plain data. It need not outlive a crash, so nothing waits for the disk. */
export function writeCache(file: string, value: unknown): void {
  const content = serialize(value);
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeFileSync(temporary, Buffer.concat([Buffer.from(sha256(content), 'latin1'), content]), {
      mode: 0o600,
      flag: 'wx',
    });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
