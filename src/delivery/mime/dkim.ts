import { createHash } from 'node:crypto';

/** Signs messages of one domain. */
export interface Signer {
  /** The DKIM-Signature header, its line end included. */
  signature(headers: string, body: Uint8Array, at: Temporal.Instant): Promise<string>;
}

export interface SignerOptions {
  readonly domain: string;
  readonly selector: string;
  readonly algorithm: 'rsa-sha256' | 'ed25519-sha256';
  /** The signature of a text, by the client's key; RSA over the text, Ed25519 over its SHA-256 (RFC 8463 §3). */
  sign(text: Uint8Array): Promise<Uint8Array>;
}

/**
 * What a reader relies on. Gmail and Yahoo want the two List-Unsubscribe headers among them (RFC 8058 §4); a header
 * that is named once more than it is there cannot be added by others (RFC 6376 §8.15).
 */
const SIGNED = [
  ...['from', 'reply-to', 'to', 'subject', 'date', 'message-id', 'list-id'],
  ...['list-unsubscribe', 'list-unsubscribe-post', 'mime-version', 'content-type'],
];
const SEALED = ['from', 'reply-to', 'to', 'subject', 'list-unsubscribe', 'list-unsubscribe-post'];

/**
 * DKIM (RFC 6376), headers relaxed, body simple: a prepared body has no white space at line ends and no empty last
 * lines that anybody could be tempted to mend, so its bytes are hashed as they are.
 */
export function createSigner({ domain, selector, algorithm, sign }: SignerOptions): Signer {
  return {
    async signature(headers, body, at) {
      const present = new Map(
        headers
          .split(/\r\n(?![ \t])/)
          .filter((line) => line !== '')
          .map((line) => [line.slice(0, line.indexOf(':')).trim().toLowerCase(), line] as const),
      );
      const names = SIGNED.filter((name) => present.has(name));
      const tags = [
        `v=1; a=${algorithm}; c=relaxed/simple; d=${domain}; s=${selector};`,
        `t=${Math.floor(at.epochMilliseconds / 1000)};`,
        `h=${folded([...names, ...SEALED])};`,
        `bh=${createHash('sha256').update(body).digest('base64')};`,
        'b=',
      ];
      const unsigned = `DKIM-Signature: ${tags.join('\r\n ')}`;
      const text = [...names.map((name) => present.get(name) ?? ''), unsigned].map(relaxed).join('\r\n');
      const value = Buffer.from(await sign(Buffer.from(text, 'utf8'))).toString('base64');
      return `${unsigned}${value.replace(/.{70}(?=.)/g, '$&\r\n ')}\r\n`;
    },
  };
}

/** A header as the verifier compares it (RFC 6376 §3.4.2). */
function relaxed(line: string): string {
  const colon = line.indexOf(':');
  const value = line.slice(colon + 1).replace(/\r\n/g, '');
  return `${line.slice(0, colon).trim().toLowerCase()}:${value.replace(/[ \t]+/g, ' ').trim()}`;
}

const folded = (names: readonly string[]) => names.join(':').replace(/([^:]+:){5}(?=.)/g, '$&\r\n  ');
