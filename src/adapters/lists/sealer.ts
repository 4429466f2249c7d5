import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { ClientKey } from '../../audience/recipient-id.ts';
import { fail } from '../../core/errors/index.ts';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals what one client's lists hold. What is sealed for one place opens at no other. */
export interface Sealer {
  /** @param place what this is, such as `import 3`, and whatever else must stay beside it unchanged */
  seal(place: Uint8Array | string, text: string): Uint8Array;
  /** @throws LISTS_BROKEN where a byte of it was changed, or it was sealed for another place or client */
  open(place: Uint8Array | string, sealed: unknown): string;
}

/**
 * AES-256-GCM under a key derived from the client's (HKDF, RFC 5869): its own nonce, the bytes, a tag. The ids of
 * recipients come from the same client key by another way, so neither tells anything of the other.
 *
 * @param client the client's short name, for messages
 */
export function createSealer(clientKey: ClientKey, client: string): Sealer {
  const key = Buffer.from(hkdfSync('sha256', clientKey, '', 'sec: lists at rest', 32));
  const broken = (cause?: unknown) =>
    fail('LISTS_BROKEN', { client, problem: 'a part of them is damaged or was changed' }, cause);
  const bytesOf = (place: Uint8Array | string) => (typeof place === 'string' ? Buffer.from(place) : place);
  return {
    seal(place, text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce).setAAD(bytesOf(place));
      return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    },
    open(place, sealed) {
      if (!(sealed instanceof Uint8Array) || sealed.length < NONCE_BYTES + TAG_BYTES) throw broken();
      const end = sealed.length - TAG_BYTES;
      const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES))
        .setAAD(bytesOf(place))
        .setAuthTag(sealed.subarray(end));
      const text = decipher.update(sealed.subarray(NONCE_BYTES, end));
      try {
        decipher.final();
      } catch (error) {
        throw broken(error);
      }
      return text.toString('utf8');
    },
  };
}
