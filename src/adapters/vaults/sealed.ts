import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fail } from '../../core/errors/index.ts';
import type { Secrets } from '../../publish/index.ts';
import {
  KEY_BYTES,
  type KeyKeeper,
  NONCE_BYTES,
  seal,
  sealedBy,
  unseal,
  type Vault,
  type VaultKey,
} from '../../vault/index.ts';
import { privateFolder, writeFileAtomic } from '../files/atomic.ts';
import { readPlain, removePlain } from './plain-file.ts';
import { readPrivate } from './private-file.ts';

export interface SealedVaultOptions {
  readonly client: string;
  /** From `vaultFolder`. */
  readonly folder: string;
  readonly keeper: KeyKeeper;
}

/** A vault whose key can be changed, and written down for a day on which it is lost. */
export interface SealedVault extends Vault {
  /** The key that opens it; makes one where there is none yet. @throws VAULT_LOCKED, VAULT_NO_KEEPER */
  key(): Promise<VaultKey>;
  /** Whether anything was ever sealed in it here. */
  isThere(): boolean;
  /** Whether this key opens it. */
  isOpenedBy(key: VaultKey): boolean;
  /** Seals everything under a new key. A run that dies in between leaves a vault that opens. */
  rotate(): Promise<void>;
  /** Opens it with a key from elsewhere, such as a recovery sheet, and keeps that key. @throws VAULT_LOCKED */
  restore(key: VaultKey): Promise<void>;
  /** Removes everything and the key to it, whether or not it opens. */
  remove(): Promise<void>;
}

const contentSchema = z.strictObject({
  v: z.literal(1),
  entries: z.record(z.string(), z.record(z.string(), z.string())),
});
type Entries = Readonly<Record<string, Secrets>>;

/** One client's logins, encrypted in one file of the user's own; the key to it is kept elsewhere. */
export function sealedVault({ client, folder, keeper }: SealedVaultOptions): SealedVault {
  const file = join(folder, `${client}.vault`);
  const broken = (problem: string) => fail('VAULT_UNREADABLE', { client, problem });
  const locked = (problem: string) => fail('VAULT_LOCKED', { client, problem });

  /** What is sealed, and the key that opened it. */
  const open = async (tried?: readonly VaultKey[]): Promise<{ entries: Entries; key?: VaultKey }> => {
    const bytes = readPrivate(file, broken);
    if (!bytes) return { entries: readPlain(folder, client) ?? {} };
    if (!sealedBy(bytes)) throw broken('the file is damaged, or was written by a newer sec');
    const keys = tried ?? (await keeper.keys());
    if (keys.length === 0) throw locked('the key to it is not there any more');
    for (const key of keys) {
      const text = unseal(key, client, bytes);
      if (text !== undefined) return { entries: parse(text), key };
    }
    throw locked('the key does not fit, or the file was changed by somebody else');
  };
  const parse = (text: string): Entries => {
    const read = contentSchema.safeParse(JSON.parse(text));
    if (!read.success) throw broken('it is not of a kind that this version of sec knows');
    return read.data.entries;
  };
  const save = (entries: Entries, key: VaultKey) => {
    privateFolder(folder);
    const text = JSON.stringify({ v: 1, entries });
    writeFileAtomic(file, seal(key, client, text, randomBytes(NONCE_BYTES)), 0o600);
    removePlain(folder, client);
  };
  const usableKey = async (opened: VaultKey | undefined): Promise<VaultKey> => {
    const [known] = opened ? [opened] : await keeper.keys();
    if (known) return known;
    const key = randomBytes(KEY_BYTES);
    await keeper.keep(key);
    return key;
  };

  return {
    client,
    kept: `encrypted, ${keeper.where}.`,
    read: async (what) => own((await open()).entries, what),
    async store(what, secrets) {
      const { entries, key } = await open();
      save({ ...entries, [what]: { ...secrets } }, await usableKey(key));
    },
    async forget(what) {
      const { entries, key } = await open();
      const { [what]: gone, ...rest } = entries;
      if (gone) save(rest, await usableKey(key));
      return gone !== undefined;
    },
    names: async () => Object.keys((await open()).entries).sort(),
    async key() {
      const { entries, key } = await open();
      const usable = await usableKey(key);
      if (!key) save(entries, usable);
      return usable;
    },
    isThere: () => existsSync(file),
    isOpenedBy(key) {
      const bytes = readPrivate(file, broken);
      return bytes !== undefined && unseal(key, client, bytes) !== undefined;
    },
    async rotate() {
      const { entries } = await open();
      const key = randomBytes(KEY_BYTES);
      await keeper.keep(key);
      save(entries, key);
      await keeper.settle(key);
    },
    async restore(key) {
      await open([key]);
      await keeper.keep(key);
      await keeper.settle(key);
    },
    async remove() {
      rmSync(file, { force: true });
      removePlain(folder, client);
      await keeper.forget();
    },
  };
}

const own = (entries: Entries, what: string) => (Object.hasOwn(entries, what) ? entries[what] : undefined);
