import { domainToASCII } from 'node:url';

/** One mailbox that mail can be sent to. */
export interface EmailAddress {
  /** As it is written to: the local part kept letter by letter, the domain in small ASCII letters. */
  readonly mailbox: string;
  /** The domain in small ASCII letters, as `xn--…` where it has letters beyond those. */
  readonly domain: string;
  /** Two spellings of one mailbox have one key: the whole address in small letters. */
  readonly key: string;
}

export type ParsedAddress =
  | { readonly ok: true; readonly address: EmailAddress }
  /** `reason` ends a sentence such as "Line 7: …" and never repeats the text that was refused. */
  | { readonly ok: false; readonly reason: string };

const MAX_ADDRESS = 254; // RFC 5321 §4.5.3.1.3 with erratum 1690
const MAX_LOCAL = 64; // RFC 5321 §4.5.3.1.1
const MAX_CELL = 1000; // a long display name still fits
const MAX_DOMAIN = 253; // RFC 1035 §2.3.4, written without the closing dot

const controlOrHidden = /[\p{Cc}\p{Cf}\u2028\u2029]/u;
const blankEdges = /^[\p{Zs}\ufeff]+|[\p{Zs}\ufeff]+$/gu;
const named = /^(?:"[^"@<>;\\]*"\p{Zs}*|[^@<>,;]*)<([^<>]*)>$/u;
// An apostrophe in front is what a spreadsheet or a mail program left there, never a customer's own.
const dotAtom = /^(?!')[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
// What nearly all addresses are: they need none of the checks that find out what is wrong with the others.
const usual =
  /^[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;
const domainLetters = /^[\p{L}\p{M}\p{N}.-]+$/u;
const plainDomain = /^(?:(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const asciiDomain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

/**
 * Reads a text as exactly one mailbox, as people have it in a cell: with spaces around it, or as
 * `Anna <anna@example.com>`, of which the mailbox is taken. Stricter than RFC 5322 where it allows what no
 * customer has and what attackers use: quoted local parts, comments, several addresses, IP domains, control
 * and invisible characters. Letters beyond ASCII are accepted in the domain (RFC 5891), not before the @ (that
 * would need SMTPUTF8 on the whole way, RFC 6531).
 */
export function parseEmailAddress(text: string): ParsedAddress {
  const at = text.indexOf('@');
  if (at <= MAX_LOCAL && text.length <= MAX_DOMAIN && usual.test(text))
    return accept(text.slice(0, at), text.slice(at + 1).toLowerCase());
  return parseUnusual(text);
}

function parseUnusual(text: string): ParsedAddress {
  if (text.length > MAX_CELL) return refuse(`the address is longer than ${MAX_ADDRESS} characters`);
  const outer = text.replace(blankEdges, '');
  if (outer === '') return refuse('the address is empty');
  if (controlOrHidden.test(outer))
    return refuse('the address contains a line break or another invisible character');
  const inner = (named.exec(outer)?.[1] ?? outer).trim();
  if (/[,;]/.test(inner))
    return refuse('the cell contains a comma or a semicolon; it may hold one address only');
  const at = inner.indexOf('@');
  if (at < 0) return refuse('there is no @ in the address');
  if (at !== inner.lastIndexOf('@'))
    return refuse('there is more than one @; the cell may hold one address only');
  return parseParts(inner.slice(0, at), inner.slice(at + 1));
}

function parseParts(local: string, written: string): ParsedAddress {
  if (local === '') return refuse('there is nothing before the @');
  if (written === '') return refuse('there is nothing after the @');
  if (/\s/.test(local) || /\s/.test(written)) return refuse('there is a space inside the address');
  if (local.length > MAX_LOCAL) return refuse(`the part before the @ is longer than ${MAX_LOCAL} characters`);
  if (/[^\0-\x7f]/.test(local))
    return refuse('there are letters before the @ that mail cannot carry, such as ā or é');
  if (!dotAtom.test(local))
    return refuse('the part before the @ has a dot too many or a sign that does not belong in an address');
  const domain = normaliseDomain(written);
  if (domain === undefined) return refuse('the part after the @ is not the name of a mail domain');
  if (local.length + 1 + domain.length > MAX_ADDRESS)
    return refuse(`the address is longer than ${MAX_ADDRESS} characters`);
  return accept(local, domain);
}

function accept(local: string, domain: string): ParsedAddress {
  const mailbox = `${local}@${domain}`;
  return { ok: true, address: { mailbox, domain, key: mailbox.toLowerCase() } };
}

function normaliseDomain(written: string): string | undefined {
  const lower = written.toLowerCase();
  if (lower.length <= MAX_DOMAIN && plainDomain.test(lower)) return lower;
  if (!domainLetters.test(lower)) return undefined;
  const ascii = domainToASCII(lower.normalize('NFC'));
  return ascii.length <= MAX_DOMAIN && asciiDomain.test(ascii) ? ascii : undefined;
}

const refuse = (reason: string): ParsedAddress => ({ ok: false, reason });
