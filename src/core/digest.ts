import { createHmac, hash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** A SHA-256 as 64 lower-case hexadecimal characters. */
export type Digest = string & { readonly __digest?: never };

/** SHA-256 of bytes, or of a text's UTF-8. */
export function sha256(content: string | Uint8Array): Digest {
  return hash('sha256', content);
}

/** HMAC-SHA-256 under `key`: the same text gives another value under another client's key. */
export function keyedHash(key: Uint8Array | string, content: string): Digest {
  return createHmac('sha256', key).update(content).digest('hex');
}

/** The one JSON text of a value, whatever the order of its keys (RFC 8785). `undefined` members are left out. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('This value has no JSON form.');
  return text;
}

/** SHA-256 over the canonical JSON of a value. */
export function digestOf(value: unknown): Digest {
  return sha256(canonicalJson(value));
}
