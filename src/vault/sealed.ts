import { createCipheriv, createDecipheriv } from 'node:crypto';
import { sha256 } from '../core/digest.ts';

/** The secret that opens one client's vault: 32 bytes. */
export type VaultKey = Uint8Array;

export const KEY_BYTES = 32;
export const NONCE_BYTES = 12;

const MAGIC = 'SECVAULT';
const VERSION = 1;
const ID_BYTES = 8;
const TAG_BYTES = 16;
const HEADER_BYTES = MAGIC.length + 1 + ID_BYTES + NONCE_BYTES;

/** By what a key is known without being told: 16 hexadecimal characters. */
export const keyIdOf = (key: VaultKey): string => sha256(key).slice(0, ID_BYTES * 2);

/**
 * Seals a text for one client: `SECVAULT`, a version, the key's id, a nonce, the text under AES-256-GCM, a tag.
 * The header and the client's name are sealed with it, so that one client's file is none of another's.
 *
 * @param nonce 12 random bytes, never the same twice under one key
 */
export function seal(key: VaultKey, client: string, text: string, nonce: Uint8Array): Uint8Array {
  const header = Buffer.concat([
    Buffer.from(MAGIC),
    Buffer.from([VERSION]),
    Buffer.from(keyIdOf(key), 'hex'),
    nonce,
  ]);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound(header, client));
  return Buffer.concat([header, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

/** What stands before the sealed text; undefined where it is no vault, or one of a newer sec. */
export function sealedBy(bytes: Uint8Array): { readonly keyId: string } | undefined {
  const buffer = Buffer.from(bytes);
  const isVault =
    buffer.length >= HEADER_BYTES + TAG_BYTES && buffer.toString('latin1', 0, MAGIC.length) === MAGIC;
  if (!isVault || buffer[MAGIC.length] !== VERSION) return undefined;
  return { keyId: buffer.toString('hex', MAGIC.length + 1, MAGIC.length + 1 + ID_BYTES) };
}

/** The sealed text; undefined where a byte of it was changed, the key is another one, or it is another client's. */
export function unseal(key: VaultKey, client: string, bytes: Uint8Array): string | undefined {
  if (sealedBy(bytes)?.keyId !== keyIdOf(key)) return undefined;
  const header = Buffer.from(bytes.subarray(0, HEADER_BYTES));
  const nonce = header.subarray(HEADER_BYTES - NONCE_BYTES);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce)
      .setAAD(bound(header, client))
      .setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
    const text = decipher.update(bytes.subarray(HEADER_BYTES, bytes.length - TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

const bound = (header: Uint8Array, client: string) => Buffer.concat([header, Buffer.from(client)]);
