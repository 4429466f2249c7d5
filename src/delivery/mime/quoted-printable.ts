const LONGEST_LINE = 76;

/** A piece of a quoted-printable body that begins at the start of a line. */
export interface EncodedPiece {
  readonly text: string;
  /** Whether the piece ends in the middle of a line, so that what follows needs a soft break first. */
  readonly open: boolean;
}

export const SOFT_BREAK = '=\r\n';

/**
 * Encodes a piece of text as quoted-printable UTF-8 (RFC 2045 §6.7), from the start of a line on. Pieces are
 * joined with a soft break where one is `open`; so the parts that all recipients share are encoded once, and
 * what is merged in for one of them beside them. Any line end becomes CRLF. A dot at the start of a line is
 * encoded, and so is the F of "From ", for mail systems that touch them.
 */
export function encodePiece(text: string): EncodedPiece {
  if (isOneLine(text)) return { text: encodeAscii(text), open: text !== '' };
  const lines = text.split(/\r\n|\r|\n/);
  const last = lines.pop() ?? '';
  const hard = lines.map((line) => `${encodeLine(line, true)}\r\n`).join('');
  return { text: hard + encodeLine(last, false), open: last !== '' };
}

/** Most merged texts are a short plain word, which is its own encoding, or a link. */
const isOneLine = (text: string) => /^[\x20-\x7e]*$/.test(text);

/** A line of plain letters without its end. */
function encodeAscii(text: string): string {
  let rest = text.includes('=') ? text.replaceAll('=', '=3D') : text;
  let out = '';
  for (;;) {
    if (rest[0] === '.') rest = `=2E${rest.slice(1)}`;
    else if (rest.startsWith('From ')) rest = `=46${rest.slice(1)}`;
    if (rest.length < LONGEST_LINE) return out + rest;
    const cut = wholeUnits(rest);
    out += rest.slice(0, cut) + SOFT_BREAK;
    rest = rest.slice(cut);
  }
}

/** How much of an encoded text fits into a line before a soft break, without parting what stands for one byte. */
function wholeUnits(text: string): number {
  const longest = LONGEST_LINE - 1;
  const last = text.lastIndexOf('=', longest - 1);
  return last > longest - 3 ? last : longest;
}

/**
 * @param endsHard whether a hard line break follows: white space before one would get lost (rule 3), before a
 *   soft break it is kept
 */
function encodeLine(line: string, endsHard: boolean): string {
  const bytes = Buffer.from(line, 'utf8');
  let out = '';
  let column = 0;
  for (let n = 0; n < bytes.length; n++) {
    const unit = encodeByte(bytes, n, column, endsHard);
    if (column + unit.length > LONGEST_LINE - 1) {
      out += SOFT_BREAK;
      column = 0;
      const again = encodeByte(bytes, n, column, endsHard);
      out += again;
      column = again.length;
    } else {
      out += unit;
      column += unit.length;
    }
  }
  return out;
}

function encodeByte(bytes: Buffer, n: number, column: number, endsHard: boolean): string {
  const byte = bytes[n] ?? 0;
  const isBlank = byte === 0x20 || byte === 0x09;
  if (isBlank && !(endsHard && n === bytes.length - 1)) return byte === 0x20 ? ' ' : '\t';
  const isRisky =
    column === 0 && (byte === 0x2e || (byte === 0x46 && bytes.toString('latin1', n, n + 5) === 'From '));
  if (byte > 0x20 && byte < 0x7f && byte !== 0x3d && !isRisky) return String.fromCharCode(byte);
  return `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
