import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { ClientKey } from '../../audience/recipient-id.ts';
import { keyedHash } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import { privateFolder, writeFileAtomic } from '../files/atomic.ts';

const KEY_BYTES = 32;

export const keyPath = (stateDir: string) => join(stateDir, 'lists.key');

/** A key for one run, where nothing is kept. */
export const passingKey = (): ClientKey => randomBytes(KEY_BYTES);

/**
 * The client's key, made at the first use. The store remembers a hash under it, so a key that was lost or swapped
 * is noticed instead of letting suppressed people through. Runs inside the caller's transaction, which makes two
 * first uses at the same time wait for each other.
 *
 * @throws LISTS_KEY_LOST
 */
export function unlockStore(database: DatabaseSync, stateDir: string, client: string): ClientKey {
  const expected = database.prepare('SELECT value FROM key_check').get()?.value;
  const found = readKey(keyPath(stateDir));
  if (expected === undefined) {
    const key = found?.length === KEY_BYTES ? found : createKey(stateDir);
    database.prepare('INSERT INTO key_check (value) VALUES (?)').run(checkValue(key));
    return key;
  }
  if (!found) throw fail('LISTS_KEY_LOST', { client, problem: 'the file lists.key is missing' });
  if (checkValue(found) !== expected)
    throw fail('LISTS_KEY_LOST', { client, problem: 'the file lists.key belongs to other lists' });
  return found;
}

const checkValue = (key: ClientKey) => keyedHash(key, 'lists.sqlite belongs to this key');

function createKey(stateDir: string): ClientKey {
  const key = randomBytes(KEY_BYTES);
  privateFolder(stateDir);
  writeFileAtomic(keyPath(stateDir), key, 0o600);
  return key;
}

function readKey(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
