import type { MergeFields } from '../../campaign/message.ts';

/** What all copies of a message have in common, in pieces: before, between and behind them stands what is one recipient's own. */
export interface Form {
  readonly pieces: readonly Uint8Array[];
  /** Bytes of all pieces together. */
  readonly size: number;
}

/**
 * One recipient's copy: an entry, a piece, an entry, …, a piece, an entry. Each letter of an entry is one byte
 * (Latin-1), so that entries can be counted, handed on and written down without being encoded again.
 */
export interface FilledForm {
  readonly form: Form;
  /** One more than the form has pieces; some may be empty. */
  readonly entries: readonly string[];
}

/** What stands in one place for one recipient. */
export type Fill = (fields: MergeFields) => string;

/** Lays a form out from its beginning to its end. */
export class FormLayout {
  readonly #pieces: Uint8Array[][] = [];
  /** As many as the pieces after something that is shared; one more at the beginning and after one recipient's own. */
  readonly #places: Fill[][] = [[]];

  /** Puts what is the same for everybody behind what is there. */
  shared(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    if (this.#places.length > this.#pieces.length) this.#pieces.push([]);
    this.#pieces.at(-1)?.push(bytes);
  }

  /** Puts what is one recipient's own behind what is there. */
  own(fill: Fill): void {
    if (this.#places.length === this.#pieces.length) this.#places.push([]);
    this.#places.at(-1)?.push(fill);
  }

  /** The form, and what fills it in for one recipient. */
  done(): { readonly form: Form; readonly fill: (fields: MergeFields) => string[] } {
    if (this.#places.length === this.#pieces.length) this.#places.push([]);
    const places = this.#places;
    return {
      form: formOf(this.#pieces.map((parts) => Buffer.concat(parts))),
      fill: (fields) => places.map((fills) => fills.reduce((text, fill) => text + fill(fields), '')),
    };
  }
}

/** A form whose pieces lie in one memory of their own, one behind the other. */
export function formOf(pieces: readonly Uint8Array[]): Form {
  const size = pieces.reduce((sum, { length }) => sum + length, 0);
  const memory = new Uint8Array(size);
  let at = 0;
  const placed = pieces.map((piece) => {
    memory.set(piece, at);
    at += piece.length;
    return memory.subarray(at - piece.length, at);
  });
  return { pieces: placed, size };
}

/** How many bytes a copy has. */
export const sizeOf = ({ form, entries }: FilledForm): number =>
  entries.reduce((sum, { length }) => sum + length, form.size);

/** A copy as one piece of memory, which nobody else has. */
export function wholeOf(filled: FilledForm): Uint8Array<ArrayBuffer> {
  const { form, entries } = filled;
  const out = Buffer.allocUnsafeSlow(sizeOf(filled));
  let at = 0;
  for (const [n, entry] of entries.entries()) {
    at += out.write(entry, at, 'latin1');
    const piece = form.pieces[n];
    if (!piece) break;
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}

/** A text as an entry: its bytes in UTF-8, each as one letter. */
export const entryOf = (text: string): string =>
  Buffer.byteLength(text) === text.length ? text : Buffer.from(text, 'utf8').toString('latin1');
