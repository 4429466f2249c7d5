import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ClientKey } from '../../audience/recipient-id.ts';
import { fail } from '../../core/errors/index.ts';
import {
  keyFromText,
  keyToText,
  NONCE_BYTES,
  seal,
  sealedBy,
  unseal,
  type VaultKey,
} from '../../vault/index.ts';
import { privateFolder, writeFileAtomic } from '../files/atomic.ts';

const KEY_BYTES = 32;

/** A key for one run, where nothing is kept. */
export const passingKey = (): ClientKey => randomBytes(KEY_BYTES);

/** The key of a client's lists, sealed under another that is kept elsewhere. */
export interface SealedListKey {
  /** By what the key that opens it is known: 16 hexadecimal characters. */
  readonly keyId: string;
  /** The folder of vaults where that key was kept, by name: a workspace that was moved looks for it there. */
  readonly place: string;
  /** Undefined where the key does not fit. */
  open(key: VaultKey): ClientKey | undefined;
}

/** What lies in a client's state folder: nothing, a sealed key, or the plain one of an earlier sec. */
export type FoundListKey =
  | { readonly kind: 'none' }
  | { readonly kind: 'plain'; readonly key: ClientKey }
  | { readonly kind: 'sealed'; readonly sealed: SealedListKey };

const schema = z.strictObject({ v: z.literal(1), place: z.string(), sealed: z.base64() });

const keyPath = (stateDir: string) => join(stateDir, 'lists.key');

/** @throws LISTS_KEY_LOST for a file that is none */
export function readListKey(stateDir: string, client: string): FoundListKey {
  const bytes = readIfThere(keyPath(stateDir));
  if (!bytes) return { kind: 'none' };
  chmodSync(keyPath(stateDir), 0o600);
  if (bytes.length === KEY_BYTES) return { kind: 'plain', key: bytes };
  const read = schema.safeParse(parsed(bytes));
  const sealed = read.success ? Buffer.from(read.data.sealed, 'base64') : Buffer.alloc(0);
  const by = sealedBy(sealed);
  if (!read.success || !by)
    throw fail('LISTS_KEY_LOST', { client, problem: 'the file lists.key is damaged' });
  return {
    kind: 'sealed',
    sealed: {
      keyId: by.keyId,
      place: read.data.place,
      open(key) {
        const text = unseal(key, client, sealed);
        return text === undefined ? undefined : keyFromText(text);
      },
    },
  };
}

export interface ListKeySeal {
  readonly client: string;
  readonly stateDir: string;
  readonly by: VaultKey;
  readonly place: string;
}

/** Seals the key of a client's lists anew, in one step. */
export const writeListKey = (key: ClientKey, seal: ListKeySeal): void =>
  writeFileAtomic(keyPath(seal.stateDir), fileText(key, seal), 0o600);

/** Seals the first key of a client's lists. @returns false where another process was faster */
export function createListKey(key: ClientKey, seal: ListKeySeal): boolean {
  privateFolder(seal.stateDir);
  const temporary = `${keyPath(seal.stateDir)}.${randomBytes(6).toString('hex')}.tmp`;
  writeFileAtomic(temporary, fileText(key, seal), 0o600);
  try {
    linkSync(temporary, keyPath(seal.stateDir));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Whether lists were begun: from then on a key that is missing is lost, and is not to be made anew. */
export const isBegun = (stateDir: string): boolean =>
  (statSync(join(stateDir, 'lists.sqlite'), { throwIfNoEntry: false })?.size ?? 0) > 0;

function fileText(key: ClientKey, { client, by, place }: ListKeySeal): string {
  const sealed = seal(by, client, keyToText(key), randomBytes(NONCE_BYTES));
  return `${JSON.stringify({ v: 1, place, sealed: Buffer.from(sealed).toString('base64') })}\n`;
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
