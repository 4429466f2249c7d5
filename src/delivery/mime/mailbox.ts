import type { Mailbox } from '../../campaign/message.ts';
import { encodedText, oneLine } from './encoded-word.ts';

const ATOMS = /^[\w!#$%&'*+/=?^`{|}~-]+( [\w!#$%&'*+/=?^`{|}~-]+)*$/;

/** `"Kaldi Coffee" <news@kaldi.example>`, for From. @param used columns that the header's name takes */
export function mailboxText({ name, email }: Mailbox, used: number): string {
  const phrase = phraseText(name, used);
  return phrase === '' ? angle(asciiAddress(email)) : `${phrase}\r\n ${angle(asciiAddress(email))}`;
}

/** A name as it stands before an address in angle brackets: plain, quoted or as encoded words. */
export function phraseText(name: string, used: number): string {
  const line = oneLine(name);
  if (line === '') return '';
  const isAscii = /^[\x20-\x7e]*$/.test(line) && !line.includes('=?') && line.length <= 60;
  if (!isAscii) return encodedText(line, used);
  return ATOMS.test(line) ? line : `"${line.replace(/["\\]/g, '\\$&')}"`;
}

/** @throws TypeError for what cannot stand in a header as one mailbox: see `isWritable` */
export function angle(address: string): string {
  if (!isWritable(address)) throw new TypeError('This address cannot be written into a header.');
  return `<${address}>`;
}

const LOCAL =
  /^(?:[^\s@<>()[\]\\,;:"\p{Cc}\p{Zl}\p{Zp}]+|"(?:[^"\\\p{Cc}\p{Zl}\p{Zp}<>]|\\[\x20-\x3b\x3d\x3f-\x7e])*")$/u;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:.]+\])$/i;

/** Whether an address is exactly one mailbox that can end neither a header nor an SMTP command early. */
export function isWritable(address: string): boolean {
  const at = address.lastIndexOf('@');
  if (at < 1 || address.length > 254 || !address.isWellFormed()) return false;
  return LOCAL.test(address.slice(0, at)) && DOMAIN.test(address.slice(at + 1));
}

/** The address with its domain as DNS knows it. */
export function asciiAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}@${asciiDomain(address.slice(at + 1))}`;
}

export function asciiDomain(domain: string): string {
  if (/^[\w.:[\]-]+$/.test(domain)) return domain;
  return URL.parse(`http://${domain}`)?.hostname ?? domain;
}
