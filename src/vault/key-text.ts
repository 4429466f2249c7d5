import { sha256 } from '../core/digest.ts';
import { KEY_BYTES, type VaultKey } from './sealed.ts';

/** Letters and digits that are not mistaken for one another on paper (Crockford's base 32). */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHECK_SIGNS = 4;
const GROUP = 4;

/** A key as an environment variable holds it: base64. */
export const keyToText = (key: VaultKey): string => Buffer.from(key).toString('base64');

/** Undefined for what is no key. */
export function keyFromText(text: string): VaultKey | undefined {
  if (!/^[A-Za-z0-9+/]{43}=$/.test(text.trim())) return undefined;
  const key = Buffer.from(text.trim(), 'base64');
  return key.length === KEY_BYTES ? key : undefined;
}

/** The variable that opens one client's vault, for CI: `SEC_VAULT_KEY_KALDI`. */
export const keyVariable = (client: string): string =>
  `SEC_VAULT_KEY_${client.toUpperCase().replaceAll('-', '_')}`;

/** A key as it is written on paper: 56 signs in groups of four, the last of them a check. */
export function recoveryCode(key: VaultKey): string {
  const signs = toSigns(key) + checkOf(key);
  return (signs.match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []).join('-');
}

/** Reads a code as people copy it: spaces, small letters, O for 0 and I or L for 1. Undefined where a sign is wrong. */
export function keyFromRecoveryCode(code: string): VaultKey | undefined {
  const signs = code.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  const key = fromSigns(signs.slice(0, -CHECK_SIGNS));
  return key && toSigns(key) + checkOf(key) === signs ? key : undefined;
}

const checkOf = (key: VaultKey) => toSigns(Buffer.from(sha256(key), 'hex')).slice(0, CHECK_SIGNS);

function toSigns(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => SIGNS[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

function fromSigns(signs: string): VaultKey | undefined {
  let bits = '';
  for (const sign of signs) {
    const value = SIGNS.indexOf(sign);
    if (value < 0) return undefined;
    bits += value.toString(2).padStart(5, '0');
  }
  const bytes = (bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2));
  return bytes.length === KEY_BYTES && signs.length === Math.ceil((KEY_BYTES * 8) / 5)
    ? Uint8Array.from(bytes)
    : undefined;
}
