import type { Digest } from '../core/digest.ts';
import type { BuiltPage } from './build.ts';
import type { PicturesOfPages } from './pictures/used-pictures.ts';
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

/** A build as the next one finds it. */
export interface LastBuild {
  /** Names all that pages may see of each other and of the site. */
  readonly outline: Digest;
  /** While nothing in it changes by itself, in milliseconds since 1970: from here, until before there. */
  readonly from: number;
  readonly until: number | null;
  readonly showsYear: boolean;
  /** Content hashes of the texts, by path below content/. */
  readonly texts: Readonly<Record<string, Digest>>;
  readonly pages: readonly BuiltPage[];
  readonly pictures: PicturesOfPages;
  readonly warnings: readonly string[];
  readonly nextChange: string | null;
  readonly release: Release;
  /** Read when they are asked for: a build that renders a page or two does not need them. */
  traces(): Traces;
}

/** A build that is to become the current one. */
export interface FinishedBuild extends Omit<LastBuild, 'traces'> {
  /** Of all pages, or of those that came to be anew; those of the others are kept then. */
  readonly traces: Traces;
  readonly areAll: boolean;
}

/** Where builds are kept, content-addressed. A file, once there, is never written again. */
export interface BuildStore {
  /** The last build, if this maker made it: not where another version of sec did. */
  last(maker: string): LastBuild | undefined;
  /** Whether a file with that content is here, whole: a crash may have left one without its bytes. */
  has(file: ReleaseFile): boolean;
  putText(sha256: Digest, text: string): void;
  /** @throws SOURCE_CHANGED where the file no longer has that content */
  putFile(source: AssetSource): void;
  /** Makes this the current build, in one step; what no kept build needs is cleared away. */
  commit(build: FinishedBuild, maker: string): void;
  locate(sha256: Digest): string;
}
