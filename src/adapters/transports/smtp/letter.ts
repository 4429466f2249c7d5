import type { FilledForm, Form } from '../../../delivery/mime/form.ts';

/** One message for one recipient: CRLF line ends, the last one included. */
export interface Letter extends FilledForm {
  readonly from: string;
  readonly to: string;
}

/** A piece of a form as it stands on the wire. */
interface WirePiece {
  readonly bytes: Uint8Array;
  readonly beginsWithDot: boolean;
  readonly endsLine: boolean;
}

const DOT = 0x2e;
const LINE_FEED = 0x0a;

/** A form is looked through for dots once, and not for each letter. */
const known = new WeakMap<Form, readonly WirePiece[]>();

/** How much room a letter takes on the wire at most. */
export function roomFor(letter: Letter): number {
  const { form, entries } = letter;
  const pieces = wirePieces(form).reduce((sum, { bytes }) => sum + bytes.length + 1, 0);
  return entries.reduce((sum, { length }) => sum + 2 * length, pieces);
}

/**
 * Writes a letter as it stands on the wire: a dot at the start of a line is doubled (RFC 5321 §4.5.2).
 *
 * @param sheet has `roomFor` the letter
 * @returns how many bytes it is
 */
export function writeLetter({ form, entries }: Letter, sheet: Buffer): number {
  const pieces = wirePieces(form);
  let at = 0;
  let beginsLine = true;
  for (let n = 0; n < entries.length; n++) {
    const entry = entries[n] ?? '';
    if (entry !== '') {
      if (beginsLine && entry.charCodeAt(0) === DOT) sheet[at++] = DOT;
      at += sheet.write(entry.includes('\n.') ? entry.replaceAll('\n.', '\n..') : entry, at, 'latin1');
      beginsLine = entry.charCodeAt(entry.length - 1) === LINE_FEED;
    }
    const piece = pieces[n];
    if (!piece?.bytes.length) continue;
    if (beginsLine && piece.beginsWithDot) sheet[at++] = DOT;
    sheet.set(piece.bytes, at);
    at += piece.bytes.length;
    beginsLine = piece.endsLine;
  }
  return at;
}

function wirePieces(form: Form): readonly WirePiece[] {
  const pieces = known.get(form) ?? form.pieces.map(wirePiece);
  known.set(form, pieces);
  return pieces;
}

function wirePiece(piece: Uint8Array): WirePiece {
  const text = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString('latin1');
  return {
    bytes: text.includes('\n.') ? Buffer.from(text.replaceAll('\n.', '\n..'), 'latin1') : piece,
    beginsWithDot: piece[0] === DOT,
    endsLine: piece.at(-1) === LINE_FEED,
  };
}
