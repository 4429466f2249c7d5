import type { Digest } from '../../../core/digest.ts';

/** What a folder's listing tells of one name. */
export interface FileStat {
  readonly kind: 'file' | 'folder' | 'link';
  /** Bytes. */
  readonly size: number;
  /** When it was written, in whatever form the place tells it; only ever compared for being the same. */
  readonly modified?: string;
  /** The file's number, where the place tells it: two names with one number are one file. */
  readonly id?: string;
}

export type Listing = ReadonlyMap<string, FileStat>;

/** A file that was brought: the hash of the bytes that left here, and what the place says of what arrived. */
export interface Brought extends Pick<FileStat, 'size' | 'modified'> {
  readonly sha256: Digest;
}

/**
 * Files of a place where a site is published to file by file: a folder here, or one behind SFTP or FTP. Paths have
 * forward slashes and begin where the place begins. Errors are the place's own; whoever calls puts them into words.
 */
export interface SiteFiles {
  /** How many files may be on their way at once. */
  readonly lanes: number;
  /** What lies in a folder; undefined where there certainly is none. Links are named, not followed. */
  list(folder: string): Promise<Listing | undefined>;
  /** All bytes of a small file; undefined where there certainly is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** SHA-256 of a file's bytes; undefined where there is no such file. */
  hash(path: string): Promise<Digest | undefined>;
  /** When a file was written, for places whose listing does not tell. */
  modified?(path: string): Promise<string | undefined>;
  /** Writes a small file, which takes the place of an old one in one step where the place can do that. */
  write(path: string, content: string): Promise<void>;
  /** Brings a file from this computer to a new name. The folder is there. */
  bring(from: string, to: string): Promise<Brought>;
  /** Gives a file another name, in place of what has that name now. */
  rename(from: string, to: string): Promise<void>;
  /**
   * Whether that is one step. Where it is not, a file is missing between the removal of the old one and the renaming
   * of the new one.
   */
  replacesAtOnce(): Promise<boolean>;
  /** Gives a folder another name; false where that name is taken. Only one of many can do it. */
  renameFolder(from: string, to: string): Promise<boolean>;
  /** Keeps what lies at a path under another name as well, or moves it there. */
  keep(from: string, to: string): Promise<void>;
  /** Makes a folder and those above it. */
  makeFolder(path: string): Promise<void>;
  /** Removes a file; one that is not there is fine. */
  remove(path: string): Promise<void>;
  /** Removes a folder if it is empty; false where it stays. */
  removeFolder(path: string): Promise<boolean>;
  /** Makes what was written below `root` durable, where the place can do that. */
  settle(root: string, paths: readonly string[]): Promise<void>;
}
