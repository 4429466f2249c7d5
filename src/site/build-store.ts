import type { Digest } from '../core/digest.ts';
import type { BuiltPage } from './built-page.ts';
import type { Release, ReleaseFile } from './release.ts';
import type { FactName, KeptFact, Reads } from './render/facts.ts';
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

interface KeptBuild {
  /** Names all that pages may see of each other and of the site. */
  readonly outline: Digest;
  /** While nothing in it changes by itself, in milliseconds since 1970: from here, until before there. */
  readonly from: number;
  readonly until: number | null;
  readonly showsYear: boolean;
  /** Content hashes of the texts, one after the other, in the order of their paths. */
  readonly texts: string;
  readonly pageCount: number;
  /** Pages, by id, whose lists go on on further pages. */
  readonly inParts: readonly string[];
  readonly warnings: readonly string[];
  readonly nextChange: string | null;
}

/** A build as the next one finds it. What is a function is read when it is asked for: most builds need little of it. */
export interface LastBuild extends KeptBuild {
  release(): Release | undefined;
  /** Whether every file of it is still in the store. */
  isWhole(release: Release): boolean;
  pages(): readonly BuiltPage[];
  traces(): Traces;
  /** Names of the facts that a page read in that build; undefined for a page that it did not have. */
  reads(id: string): readonly string[] | undefined;
  /** What a page saw in that build; undefined for what none saw. */
  fact(name: FactName): KeptFact | undefined;
}

/** A build that is to become the current one. */
export interface FinishedBuild extends KeptBuild {
  readonly release: Release;
  /** Of the pages that came to be anew. */
  readonly traces: Traces;
  /** All of the site, where more than single texts was looked at; what is kept of it stays otherwise. */
  readonly whole?: WholeBuild;
}

interface WholeBuild {
  readonly pages: readonly BuiltPage[];
  /** What any page saw. */
  facts(): Iterable<readonly [FactName, KeptFact]>;
}

/** Where builds are kept, content-addressed. A file, once there, is never written again. */
export interface BuildStore {
  /** The last build, if this maker made it: not where another version of sec did. */
  last(maker: string): LastBuild | undefined;
  /** Whether a file with that content is here, whole: a crash may have left one without its bytes. */
  has(file: ReleaseFile): boolean;
  /** Keeps a text; one that is here whole stays as it is. */
  putText(sha256: Digest, text: string): void;
  /** @throws SOURCE_CHANGED where the file no longer has that content */
  putFile(source: AssetSource): void;
  /** Makes this the current build, in one step; what no kept build needs is cleared away. */
  commit(build: FinishedBuild, maker: string): void;
  locate(sha256: Digest): string;
}
