import { domainToUnicode } from 'node:url';
import type { EmailAddress } from '../core/email-address.ts';

/** Finds one person's address in texts, and takes it out of them. */
export interface Traces {
  /** The address as it may be spelt, in small letters: with the domain in ASCII, and in its own letters. */
  readonly spellings: readonly string[];
  isIn(text: string): boolean;
  /** The text with `…` where the address stood. */
  without(text: string): string;
}

/**
 * What to look for where somebody is to be forgotten: their address in whatever letters, the sign @ also as a link or a
 * mail writes it (%40, =40). An address that only ends or begins like it is somebody else's.
 */
export function tracesOf({ key, domain }: EmailAddress): Traces {
  const local = key.slice(0, key.length - domain.length - 1);
  const domains = [...new Set([domain, domainToUnicode(domain) || domain])];
  const pattern = `(?<![\\p{L}\\p{N}_.+-])${literal(local)}(?:@|%40|=40)(?:${domains.map(literal).join('|')})(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])`;
  return {
    spellings: domains.map((one) => `${local}@${one}`),
    isIn: (text) => new RegExp(pattern, 'iu').test(text),
    without: (text) => text.replace(new RegExp(pattern, 'giu'), '…'),
  };
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

const UTF16_PAD = '\0';

/**
 * Whether a file's bytes hold the address: as UTF-8, as UTF-16, or as base64 of either letter case that was stored.
 *
 * @param mailbox as it was written
 */
export function isInBytes(traces: Traces, mailbox: string, bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('utf8');
  if (traces.isIn(text)) return true;
  const raw = buffer.toString('latin1');
  if (raw.includes(UTF16_PAD) && traces.isIn(raw.replaceAll(UTF16_PAD, ''))) return true;
  return base64Forms([mailbox, mailbox.toLowerCase()]).some((form) => raw.includes(form));
}

/** How a text may stand inside a longer one in base64: it begins at one of three places of a group. */
function base64Forms(texts: readonly string[]): string[] {
  const forms = texts.flatMap((text) =>
    [0, 1, 2].map((shift) => {
      const whole = Buffer.from('\0'.repeat(shift) + text).toString('base64');
      // Signs that also depend on what stands before and behind are left out.
      const [from, behind] = [shift === 0 ? 0 : shift + 1, (text.length + shift) % 3];
      return whole.slice(from, behind === 0 ? undefined : whole.length - 4 + behind);
    }),
  );
  return [...new Set(forms)];
}
