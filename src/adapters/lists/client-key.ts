import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { ClientKey } from '../../audience/recipient-id.ts';
import { keyedHash } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import { privateFolder, writeFileAtomic } from '../files/atomic.ts';

const KEY_BYTES = 32;

const keyPath = (stateDir: string) => join(stateDir, 'lists.key');

/** Whether the client has a key, and with it had lists. */
export const hasKey = (stateDir: string): boolean => existsSync(keyPath(stateDir));

/** A key for one run, where nothing is kept. */
export const passingKey = (): ClientKey => randomBytes(KEY_BYTES);

/**
 * Gives a new store its key: the client's own where there is one, else a random one. The store remembers a hash
 * under it. Runs inside the caller's transaction, so that two first uses at the same time wait for each other.
 */
export function lockStore(database: DatabaseSync, stateDir: string): void {
  const found = readKey(keyPath(stateDir));
  const key = found?.length === KEY_BYTES ? found : createKey(stateDir);
  database.prepare('INSERT INTO key_check (value) VALUES (?)').run(checkValue(key));
}

/**
 * The client's key. One that was lost or swapped is noticed here, instead of letting suppressed people through.
 *
 * @throws LISTS_KEY_LOST
 */
export function unlockStore(database: DatabaseSync, stateDir: string, client: string): ClientKey {
  const key = readKey(keyPath(stateDir));
  if (!key) throw fail('LISTS_KEY_LOST', { client, problem: 'the file lists.key is missing' });
  chmodSync(keyPath(stateDir), 0o600);
  if (checkValue(key) !== database.prepare('SELECT value FROM key_check').get()?.value)
    throw fail('LISTS_KEY_LOST', { client, problem: 'the file lists.key belongs to other lists' });
  return key;
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
