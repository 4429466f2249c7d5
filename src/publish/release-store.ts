import type { Digest } from '../core/digest.ts';
import type { Release, ReleaseContent } from '../site/release.ts';

/** One publication, as `sec site history` shows it. */
export interface PublishedRecord {
  /** Instant in ISO 8601. */
  readonly at: string;
  readonly action: 'publish' | 'rollback';
  readonly target: string;
  readonly release: Digest;
  readonly parent: Digest | null;
  /** The operator's name. */
  readonly by: string;
  readonly files: number;
  readonly uploaded: number;
  readonly removed: number;
}

/** Releases that were published from here, kept whole so that any of them can go live again, on any host. */
export interface ReleaseStore {
  /** Keeps a release. What it shares with others is kept once. */
  keep(release: Release, content: ReleaseContent): Promise<void>;
  /** @throws RELEASE_UNKNOWN unless exactly one kept release begins with `prefix` */
  find(prefix: string): Promise<StoredRelease>;
  /** Digests of the kept releases. */
  kept(): Promise<ReadonlySet<Digest>>;
  /** Notes what is about to go live, so that a run which dies right after it leaves word. */
  intend(entry: PublishedRecord): Promise<void>;
  /** What was noted and not recorded since. Whether it went live, the host knows. */
  intended(): Promise<PublishedRecord | undefined>;
  /** Adds to the history; nothing is intended then. */
  record(entry: PublishedRecord): Promise<void>;
  /** Oldest first. */
  history(): Promise<PublishedRecord[]>;
  /** All kept releases but the `limit` that were published last, and those in `live`. */
  surplus(limit: number, live: ReadonlySet<Digest>): Promise<readonly Digest[]>;
  /** Lets go of releases, and of whatever only they hold. */
  drop(releases: readonly Digest[]): Promise<void>;
}

export interface StoredRelease {
  readonly release: Release;
  readonly content: ReleaseContent;
}

/** How many releases are kept for each client. */
export const KEPT_RELEASES = 20;
