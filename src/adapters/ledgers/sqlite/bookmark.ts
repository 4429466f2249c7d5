import type { Standing } from '../../../delivery/state.ts';

/** The numbers of a campaign's rows: it has all of them from the first to the last. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/**
 * From where those of a campaign who may be claimed at once are read on: nobody of them stands before it. They are in no
 * index, which each claim would have to change.
 */
export class Bookmark {
  readonly #find: () => Span;
  #span: Span | undefined;
  #next = 0;

  /** @param find looks up where the campaign's rows are */
  constructor(find: () => Span) {
    this.#find = find;
  }

  get span(): Span {
    this.#span ??= this.#find();
    return this.#span;
  }

  /** The row to begin with; behind the last one where nobody is left. */
  get next(): number {
    return Math.max(this.#next, this.span.first);
  }

  /** Everybody up to a row was looked at, and claimed or put elsewhere. */
  pass(id: number): void {
    this.#next = id + 1;
  }

  /** Somebody was moved, perhaps to where they may be claimed at once. */
  moved(id: number, { state, due }: Pick<Standing, 'state' | 'due'>): void {
    if (state === 'planned' && due <= 0) this.#next = Math.min(this.#next, id);
  }

  /** Begins anew, with rows that may be others: it is no more than a help to find them. */
  forget(): void {
    this.#span = undefined;
    this.#next = 0;
  }
}
