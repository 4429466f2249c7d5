import { sizeOf } from '../../../delivery/mime/form.ts';
import { asciiAddress } from '../../../delivery/mime/mailbox.ts';
import type { Outcome } from '../../../delivery/outcome.ts';
import type { Capabilities } from './capabilities.ts';
import type { Letter } from './letter.ts';

/** The three commands before a message: exactly one recipient. */
export interface Envelope {
  readonly mail: string;
  readonly rcpt: string;
}

/**
 * The words that offer a letter to this server; what came of it where the server cannot carry it at all. Letters
 * beyond ASCII before the @ need SMTPUTF8 on the whole way (RFC 6531).
 */
export function envelopeFor(letter: Letter, server: Capabilities): Envelope | Outcome {
  const { largest } = server;
  const size = server.size ? sizeOf(letter) : 0;
  if (largest !== undefined && size > largest)
    return { kind: 'rejected', reason: `the message has ${size} bytes, and the server takes ${largest}` };
  const address = asciiAddress(letter.to);
  const isPlain = /^[\x21-\x7e]+$/.test(address);
  if (!isPlain && !server.utf8)
    return {
      kind: 'rejected',
      reason: 'the mail server cannot carry an address with such letters before the @ (SMTPUTF8)',
    };
  const words = [
    `MAIL FROM:<${letter.from}>`,
    server.size ? `SIZE=${size}` : '',
    isPlain ? '' : 'SMTPUTF8',
    isPlain || !server.eightBit ? '' : 'BODY=8BITMIME',
  ];
  return { mail: words.filter(Boolean).join(' '), rcpt: `RCPT TO:<${address}>` };
}
