import { asciiAddress } from '../../../delivery/mime/mailbox.ts';
import type { Outcome } from '../../../delivery/outcome.ts';
import type { Capabilities } from './capabilities.ts';

/** One message for one recipient, ready for the wire. */
export interface Letter {
  readonly from: string;
  readonly to: string;
  /** CRLF line ends, the last one included. */
  readonly bytes: Uint8Array;
}

/** The three commands before a message: exactly one recipient. */
export interface Envelope {
  readonly mail: string;
  readonly rcpt: string;
}

const DOT = Buffer.from('.');
const LINE_DOT = Buffer.from('\n.');

/**
 * The words that offer a letter to this server; what came of it where the server cannot carry it at all. Letters
 * beyond ASCII before the @ need SMTPUTF8 on the whole way (RFC 6531).
 */
export function envelopeFor({ from, to, bytes }: Letter, server: Capabilities): Envelope | Outcome {
  const { largest } = server;
  if (largest !== undefined && bytes.length > largest)
    return {
      kind: 'rejected',
      reason: `the message has ${bytes.length} bytes, and the server takes ${largest}`,
    };
  const address = asciiAddress(to);
  const isPlain = /^[\x21-\x7e]+$/.test(address);
  if (!isPlain && !server.utf8)
    return {
      kind: 'rejected',
      reason: 'the mail server cannot carry an address with such letters before the @ (SMTPUTF8)',
    };
  const words = [
    `MAIL FROM:<${from}>`,
    server.size ? `SIZE=${bytes.length}` : '',
    isPlain ? '' : 'SMTPUTF8',
    isPlain || !server.eightBit ? '' : 'BODY=8BITMIME',
  ];
  return { mail: words.filter(Boolean).join(' '), rcpt: `RCPT TO:<${address}>` };
}

/** A message as it stands on the wire: a dot at the start of a line is doubled (RFC 5321 §4.5.2). */
export function onTheWire(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = text[0] === 0x2e ? [DOT] : [];
  let from = 0;
  for (let at = text.indexOf(LINE_DOT); at >= 0; at = text.indexOf(LINE_DOT, at + 1)) {
    parts.push(text.subarray(from, at + 1), DOT);
    from = at + 1;
  }
  return parts.length === 0 ? text : Buffer.concat([...parts, text.subarray(from)]);
}
