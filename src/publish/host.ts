import type { Digest } from '../core/digest.ts';
import type { Work } from '../core/progress.ts';
import type { LockClaim, LockRecord } from './lock.ts';
import type { FileEntry, Manifest } from './manifest.ts';

/**
 * A place where a client's site lives. Hosts come in two sorts and this fits both: those that switch a whole
 * release in one step (a folder behind a link, rsync, git, a deploy API), and those where files are replaced
 * one by one (a plain folder, FTP, an object store). Looking takes no lock; changing needs a session.
 */
export interface Host {
  /** The place's name in manifests, receipts and messages, such as `file:public/kaldi`. Holds no secret. */
  readonly target: string;
  /** The HTTP headers that the host will serve a path with, where it is the host that is told them. */
  headers?(path: string): Readonly<Record<string, string>>;
  /**
   * What is live, in one read. An error is thrown and never taken for `absent`: what cannot be read must not
   * be treated as a first publication.
   *
   * @throws HOST_STATE_UNREADABLE, HOST_FOLDER_MISSING and others that say why
   */
  state(): Promise<HostState>;
  /** Hashes of the live bytes at `paths`, for verification: always read. A path that is not there is left out. */
  hashes(paths: readonly string[]): Promise<ReadonlyMap<string, Digest>>;
  /** Hashes of what is live, whoever put it there; what sec itself keeps on the host is left out. */
  survey(scope?: SurveyScope): Promise<ReadonlyMap<string, Digest>>;
  /**
   * Takes the lock and reads the state under it.
   *
   * @param touching the paths that the run is going to replace or remove: `session.live` tells what is there
   * @throws HOST_LOCKED, and what `state` throws
   */
  open(claim: LockClaim, touching: readonly string[]): Promise<HostSession>;
  /** How a release goes live there, for people to know beforehand; in one step where absent. */
  manner?(): Promise<Manner>;
  /** Who holds the lock now. A lock whose holder is gone counts as none: the next run takes it over. */
  lock(): Promise<LockRecord | undefined>;
  /** Removes the lock, whoever holds it. */
  unlock(): Promise<void>;
}

/**
 * In one step; or file by file, each of them in one step; or `gaps`, where the file that is being replaced is missing
 * for a moment.
 */
export type Manner = 'at once' | 'file by file' | 'gaps';

export interface SurveyScope {
  /** Only what lies at these paths; everything where absent. */
  readonly paths?: readonly string[];
  /**
   * Read every byte. Without it a host where reading is slow may take a file for unchanged whose size and time
   * are as sec left them.
   */
  readonly deep?: boolean;
}

export type HostState =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'present';
      readonly manifest: Manifest;
      /** Left by a run that was stopped while it replaced files one by one. */
      readonly interrupted?: Interruption;
    };

/** The journal of a run that has not come to its end: any path of `next` may be old or new on the host. */
export interface Interruption {
  readonly next: Manifest;
  /** What that run was to remove, as it was recorded when sec put it there. */
  readonly removals: Readonly<Record<string, FileEntry>>;
}

/** What a session is to make live. */
export interface Publication {
  readonly manifest: Manifest;
  /** Paths to bring to the host, in the order in which they go live. The rest is there already. */
  readonly uploads: readonly string[];
  /** What the manifest before owned and the new one does not. */
  readonly removals: Readonly<Record<string, FileEntry>>;
  /** Absolute path of the local file with the bytes of any path of the manifest. */
  locate(path: string): string;
}

/** A locked host. The lock is kept alive until `finish` or `close`, one of which is always called. */
export interface HostSession {
  /** As read under the lock. */
  readonly state: HostState;
  /** What is live at the paths named to `open`, as `survey` tells it; a path that is not there is left out. */
  readonly live: ReadonlyMap<string, Digest>;
  /**
   * Brings the uploads to the host under names that are not live, checked by hash. What a stopped run has
   * brought there already is not brought again. Nothing live changes.
   *
   * @throws HOST_FAILED, RELEASE_DAMAGED
   */
  stage(publication: Publication): Work<void>;
  /**
   * Makes the release live, in one step or file by file in the order of the uploads, and records the manifest.
   * Files that sec did not put there are kept as they are, or moved aside where the release needs their name.
   *
   * @throws HOST_FAILED, LOCK_LOST
   */
  switch(publication: Publication): Work<SwitchOutcome>;
  /**
   * Ends the session after the release was verified: removes `removals` and what earlier runs left behind, never
   * anything that a manifest does not own, and gives the lock back.
   */
  finish(publication: Publication): Work<void>;
  /** Ends the session where it did not come that far: gives the lock back and removes nothing. */
  close(): Promise<void>;
}

export interface SwitchOutcome {
  /** Somebody else's files that made way, and where they lie now. */
  readonly movedAside: readonly MovedAside[];
}

export interface MovedAside {
  readonly path: string;
  readonly keptAt: string;
}
