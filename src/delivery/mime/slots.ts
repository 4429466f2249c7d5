import type { MergeFields, SlotText } from '../../campaign/message.ts';
import { type EncodedPiece, encodePiece, SOFT_BREAK } from './quoted-printable.ts';

/** A text for one recipient as it was written, before any encoding. */
export function filled(text: SlotText, fields: MergeFields): string {
  let out = text.statics[0] ?? '';
  for (const [n, slot] of text.slots.entries()) out += slot(fields) + (text.statics[n + 1] ?? '');
  return out;
}

/** A part of a message on its way: bytes that all recipients share, or a few letters of this one's own. */
export type Segment = Uint8Array | string;

/** Puts a body for one recipient behind what is in `out`. */
export type EncodedBody = (fields: MergeFields, out: Segment[]) => void;

/** Encodes what is the same for everybody once; returns what encodes the rest for one recipient. */
export function encodeBody(text: SlotText): EncodedBody {
  const statics = text.statics.map((part) => {
    const { text: encoded, open } = encodePiece(part);
    return { bytes: Buffer.from(encoded, 'latin1'), open };
  });
  return (fields, out) => {
    let open = false;
    for (const [n, shared] of statics.entries()) {
      if (shared.bytes.length > 0) {
        if (open) out.push(SOFT_BREAK);
        out.push(shared.bytes);
        open = shared.open;
      }
      const slot = text.slots[n];
      if (!slot) continue;
      const own: EncodedPiece = encodePiece(slot(fields));
      if (own.text === '') continue;
      out.push(open ? SOFT_BREAK + own.text : own.text);
      open = own.open;
    }
  };
}

/** Segments as one piece; texts hold nothing beyond Latin-1. */
export function joined(segments: readonly Segment[]): Buffer {
  let length = 0;
  for (const segment of segments) length += segment.length;
  const out = Buffer.allocUnsafeSlow(length);
  let at = 0;
  for (const segment of segments) {
    if (typeof segment === 'string') out.write(segment, at, 'latin1');
    else out.set(segment, at);
    at += segment.length;
  }
  return out;
}
