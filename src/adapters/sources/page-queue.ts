import type { MessagePort } from 'node:worker_threads';
import type { PageTrace } from '../../site/build-store.ts';
import type { FactName, KeptFact } from '../../site/render/facts.ts';
import type { PackedInput } from './pack-input.ts';
import type { ToldPage } from './page-texts.ts';
import type { ToldFronts } from './told-pages.ts';

/** What a thread of the crew is made with. */
export interface ThreadData {
  /** The folder of compiled code that the process uses; a thread does not inherit it. */
  readonly compileCache: string | undefined;
  /** Where it tells what others need not do any more. */
  readonly reports: MessagePort;
}

/** What a thread of the crew is told: pages while they are read, then what site they are of, then what to make. */
export type CrewMessage = CrewPages | CrewStart | CrewOrder;

/** Pages that were read. */
export interface CrewPages {
  readonly pages: readonly ToldPage[];
}

/** What a thread of the crew is started with. */
export interface CrewStart {
  readonly objects: string;
  readonly input: PackedInput;
}

/** Which pages are to be made. */
export interface CrewOrder {
  readonly ids: readonly string[];
  readonly taken: SharedArrayBuffer;
  /** This thread's own place among the crew. */
  readonly thread: number;
}

/** What a thread tells of itself. */
export type CrewReport = ReadReport | MadeReport;

/** The fields of the pages that it was told at once. */
interface ReadReport {
  readonly fronts: ToldFronts;
}

/** What came of the pages that it took at once. */
interface MadeReport {
  readonly made: readonly (readonly [id: string, trace: PageTrace])[];
  /** What they saw, but for what it told before. */
  readonly facts: readonly (readonly [FactName, KeptFact])[];
}

/** Few enough that nobody waits long for the last ones, and enough that taking them costs nothing. */
const AT_ONCE = 25;

/** Bytes that `threads` threads share: how far the list is taken, and of each thread, whether it has begun. */
export const sharedBytes = (threads: number) => new SharedArrayBuffer(4 * (1 + threads));

/** A list from which several threads take: each place is taken once. */
export function createQueue(length: number, taken: SharedArrayBuffer) {
  const next = new Int32Array(taken);
  return {
    /** A thread says so before it first takes; one that has not, when all is taken, will find nothing. */
    begin: (thread: number) => void Atomics.store(next, 1 + thread, 1),
    hasBegun: (thread: number) => Atomics.load(next, 1 + thread) === 1,
    take(): { from: number; to: number } | undefined {
      const from = Atomics.add(next, 0, AT_ONCE);
      return from < length ? { from, to: Math.min(from + AT_ONCE, length) } : undefined;
    },
  };
}
