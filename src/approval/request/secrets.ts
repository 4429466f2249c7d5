import { scryptSync, timingSafeEqual } from 'node:crypto';
import { type Digest, sha256 } from '../../core/digest.ts';
import type { Wish } from './outcome.ts';
import type { ApprovalRequest, SecretHashes } from './request.ts';

/** No 0, 1, I, L, O or U: a code is read out, and typed off a screen. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 20; // of 30 letters: 98 bits
const PIN_DIGITS = 6;
/** Wrong PINs after which a request is withdrawn. */
export const PIN_TRIES = 5;

/** Told to the approver alone, and to nobody's disk. */
export interface Secrets {
  /** 256 bits as base64url, for the fragment of the link. */
  readonly link: string;
  readonly approve: string;
  readonly changes: string;
  readonly pin: string;
}

/** @param chance as many random bytes as are asked for */
export function drawSecrets(chance: (bytes: number) => Uint8Array): Secrets {
  return {
    link: Buffer.from(chance(32)).toString('base64url'),
    approve: drawCode(chance),
    changes: drawCode(chance),
    pin: draw(chance, '0123456789', PIN_DIGITS),
  };
}

/** What is kept of them. Codes come by mail, so they are not offered where more than the mail is asked for. */
export function hashSecrets(
  { id, nonce, tier }: Pick<ApprovalRequest, 'id' | 'nonce' | 'tier'>,
  { link, approve, changes, pin }: Secrets,
): SecretHashes {
  const byMail = tier === 'T1';
  return {
    link: hashOf(id, 'link', link),
    approve: byMail ? hashOf(id, 'approve', plainCode(approve)) : null,
    changes: byMail ? hashOf(id, 'changes', plainCode(changes)) : null,
    pin: tier === 'T2' ? pinHash(nonce, pin) : null,
  };
}

export const isLinkSecret = ({ id, hashes }: ApprovalRequest, secret: string): boolean =>
  isSame(hashes.link, hashOf(id, 'link', secret.trim()));

export const isPin = ({ nonce, hashes }: ApprovalRequest, pin: string): boolean =>
  hashes.pin !== null && isSame(hashes.pin, pinHash(nonce, pin.replace(/\s/g, '')));

/** What a code of the approver's mail says; undefined where it is none of this request's. */
export function wishOfCode({ id, hashes }: ApprovalRequest, code: string): Wish | undefined {
  const plain = plainCode(code);
  for (const wish of ['approve', 'changes'] as const) {
    const hash = hashes[wish];
    if (hash !== null && isSame(hash, hashOf(id, wish, plain))) return wish;
  }
  return undefined;
}

const drawCode = (chance: (bytes: number) => Uint8Array) =>
  (draw(chance, LETTERS, CODE_LENGTH).match(/.{5}/g) ?? []).join('-');

/** Without bias: bytes beyond the last whole round of the alphabet are drawn again. */
function draw(chance: (bytes: number) => Uint8Array, letters: string, length: number): string {
  const limit = 256 - (256 % letters.length);
  let drawn = '';
  while (drawn.length < length)
    for (const byte of chance(length))
      if (byte < limit && drawn.length < length) drawn += letters[byte % letters.length];
  return drawn;
}

const plainCode = (code: string) => code.toUpperCase().replace(/[^A-Z0-9]/g, '');
const hashOf = (id: string, use: string, secret: string): Digest => sha256(`${id}\n${use}\n${secret}`);

/** Slow on purpose: six digits are few (scrypt, RFC 7914). */
const pinHash = (nonce: string, pin: string): string =>
  scryptSync(pin, nonce, 32, { N: 16_384, r: 8, p: 1 }).toString('hex');

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
