import type { MergeFields, SlotText } from '../../campaign/message.ts';
import { type EncodedPiece, encodePiece, SOFT_BREAK } from './quoted-printable.ts';

/** A text for one recipient as it was written, before any encoding. */
export function filled(text: SlotText, fields: MergeFields): string {
  let out = text.statics[0] ?? '';
  for (const [n, slot] of text.slots.entries()) out += slot(fields) + (text.statics[n + 1] ?? '');
  return out;
}

/** A body whose shared parts are encoded already. */
export type EncodedBody = (fields: MergeFields) => string;

/** Encodes what is the same for everybody once; returns what encodes the rest for one recipient. */
export function encodeBody(text: SlotText): EncodedBody {
  const statics = text.statics.map(encodePiece);
  return (fields) => {
    let out = '';
    let open = false;
    const add = (piece: EncodedPiece) => {
      if (piece.text === '') return;
      out += open ? SOFT_BREAK + piece.text : piece.text;
      open = piece.open;
    };
    for (const [n, piece] of statics.entries()) {
      add(piece);
      const slot = text.slots[n];
      if (slot) add(encodePiece(slot(fields)));
    }
    return out;
  };
}
