/**
 * What a use case tells while it works. Use cases are `async function*` that yield these and return their
 * result; a terminal, a plain log and silence are three renderers of the same events.
 */
export type ProgressEvent =
  /** A phase begins: a short sentence in plain words, such as `Building 12 pages`. */
  | { readonly kind: 'step'; readonly text: string }
  /** The current phase moves on. `total` is absent where it is not known; `note` is a short addition. */
  | { readonly kind: 'tick'; readonly done: number; readonly total?: number; readonly note?: string }
  /** Something a person should read, although the work goes on. */
  | { readonly kind: 'warning'; readonly text: string };

/** A use case in progress. */
export type Work<Result> = AsyncGenerator<ProgressEvent, Result, void>;

export const step = (text: string): ProgressEvent => ({ kind: 'step', text });
export const warning = (text: string): ProgressEvent => ({ kind: 'warning', text });
export const tick = (done: number, total?: number, note?: string): ProgressEvent => ({
  kind: 'tick',
  done,
  ...(total === undefined ? {} : { total }),
  ...(note === undefined ? {} : { note }),
});

/** Runs a use case to its result and drops what it tells. */
export async function finish<Result>(work: Work<Result>): Promise<Result> {
  for (;;) {
    const next = await work.next();
    if (next.done) return next.value;
  }
}
