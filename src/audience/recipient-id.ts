import { createHmac } from 'node:crypto';

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
