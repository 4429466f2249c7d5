import { createHmac, hash } from 'node:crypto';

const ID_LENGTH = 22; // 132 bits: two people of one client never share an id by chance

/** The secret of one client that its recipients' ids are made with. */
export type ClientKey = Uint8Array;

/**
 * A recipient's id: 22 URL-safe characters, the same for the same address key of the same client, another for
 * every other client. Nobody without the client's key can tell whose it is.
 */
export function recipientId(clientKey: ClientKey, addressKey: string): string {
  return createHmac('sha256', clientKey).update(addressKey).digest('base64url').slice(0, ID_LENGTH);
}

const BLOCK = 64;
const LONGEST = 512; // an address key has 254 ASCII characters at most

/**
 * `recipientId` for many addresses of one client, at half the cost: HMAC as RFC 2104 writes it, by two plain hashes
 * over buffers that are made once.
 */
export function idMaker(clientKey: ClientKey): (addressKey: string) => string {
  if (clientKey.length > BLOCK) return (addressKey) => recipientId(clientKey, addressKey);
  const inner = Buffer.alloc(BLOCK + LONGEST, 0x36);
  const outer = Buffer.alloc(BLOCK + 32, 0x5c);
  for (const [at, byte] of clientKey.entries()) {
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  return (addressKey) => {
    if (addressKey.length > LONGEST || /[^\0-\x7f]/.test(addressKey))
      return recipientId(clientKey, addressKey);
    const end = BLOCK + inner.write(addressKey, BLOCK, 'latin1');
    outer.write(hash('sha256', inner.subarray(0, end), 'latin1'), BLOCK, 'latin1');
    return hash('sha256', outer, 'base64url').slice(0, ID_LENGTH);
  };
}
