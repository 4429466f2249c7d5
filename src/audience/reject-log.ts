import { type Reject, rejectHeader, rejectLine } from './reject-line.ts';
import type { RejectSink } from './reject-sink.ts';
import { topReasons } from './top-reasons.ts';

/** Writes rejects down as they come, and remembers what a summary needs. */
export interface RejectLog {
  add(reject: Reject): void;
  readonly first: readonly { readonly line: number; readonly reason: string }[];
  /** The most frequent reasons, three at most. */
  topReasons(): string[];
}

const SHOWN = 10;

/** @param header the header of the list file, which the reject file repeats */
export function rejectLog(sink: RejectSink, header: readonly string[], delimiter: string): RejectLog {
  const reasons = topReasons();
  const first: { line: number; reason: string }[] = [];
  return {
    add(reject) {
      if (first.length === 0) sink.write(rejectHeader(header, delimiter));
      if (first.length < SHOWN) first.push({ line: reject.line, reason: reject.reason });
      sink.write(rejectLine(reject, header, delimiter));
      reasons.add(reject.reason);
    },
    first,
    topReasons: () => reasons.top(3),
  };
}
