import type { Digest } from '../core/digest.ts';
import type { Release, ReleaseFile } from './release.ts';
import type { Reads } from './render/facts.ts';
import type { AssetSource } from './source/sources.ts';

/** How one page came to be, so that a later build can tell whether it would come out the same. */
export interface PageTrace {
  /** Digest of the page itself: its text, address and layout. */
  readonly own: Digest;
  readonly reads: Reads;
  readonly sha256: Digest;
  readonly size: number;
}

/** Traces by page id. */
export type Traces = Readonly<Record<string, PageTrace>>;

/** Where builds are kept, content-addressed. A file, once there, is never written again. */
export interface BuildStore {
  /** What the last build left, of this maker; nothing where another version of sec made it. */
  traces(maker: string): Traces;
  /** Whether a file with that content is here, whole: a crash may have left one without its bytes. */
  has(file: ReleaseFile): boolean;
  putText(sha256: Digest, text: string): void;
  /** @throws SOURCE_CHANGED where the file no longer has that content */
  putFile(source: AssetSource): void;
  /** Makes this the current build, in one step; what no kept build needs is cleared away. */
  commit(release: Release, traces: Traces, maker: string): void;
  locate(sha256: Digest): string;
}
