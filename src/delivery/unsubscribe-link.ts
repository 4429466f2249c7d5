import { timingSafeEqual } from 'node:crypto';
import { keyedHash } from '../core/digest.ts';
import { isRecipientId } from './events/whose.ts';

/** What an unsubscribe link is about. */
export interface Unsubscription {
  readonly client: string;
  readonly campaign: string;
  /** The recipient's opaque id. */
  readonly recipient: string;
}

const SEAL_LENGTH = 32; // 128 bits: nobody finds one by trying

/**
 * The address that takes one recipient off a client's lists (RFC 8058: one HTTPS address, which nobody can make
 * up): `https://mail.office.example/u/kaldi/spring/<id>/<seal>`.
 *
 * @param base where `sec events serve` is reached
 * @param key the client's own
 */
export function unsubscribeLink(base: string, key: Uint8Array, of: Unsubscription): string {
  const path = [of.client, of.campaign, of.recipient, seal(key, of)].map(encodeURIComponent).join('/');
  return `${base.replace(/\/+$/, '')}/u/${path}`;
}

/** What a path means; undefined for one that is no such link. The seal is still to be checked. */
export function readUnsubscribePath(
  pathname: string,
): (Unsubscription & { readonly seal: string }) | undefined {
  const [, client, campaign, recipient, found] =
    /^\/u\/([a-z0-9-]{1,64})\/([a-z0-9-]{1,128})\/([A-Za-z0-9_-]{22})\/([0-9a-f]{32})$/.exec(pathname) ?? [];
  if (!client || !campaign || !recipient || !found || !isRecipientId(recipient)) return undefined;
  return { client, campaign, recipient, seal: found };
}

/** Whether the seal is the one that this client's key makes. */
export function isSealed(key: Uint8Array, of: Unsubscription & { readonly seal: string }): boolean {
  const [own, found] = [Buffer.from(seal(key, of)), Buffer.from(of.seal)];
  return own.length === found.length && timingSafeEqual(own, found);
}

const seal = (key: Uint8Array, { client, campaign, recipient }: Unsubscription) =>
  keyedHash(key, `unsubscribe\n${client}\n${campaign}\n${recipient}`).slice(0, SEAL_LENGTH);
