import { type Digest, sha256 } from '../core/digest.ts';

/** One file of a release. */
export interface ReleaseFile {
  readonly sha256: Digest;
  /** Bytes. */
  readonly size: number;
}

/**
 * A built site: the artifact that is approved, published and rolled back to. Paths are relative to the web
 * root, with forward slashes and no leading one.
 */
export interface Release {
  readonly client: string;
  /** The tree digest: equal digests mean equal bytes at equal paths. */
  readonly digest: Digest;
  readonly files: ReadonlyMap<string, ReleaseFile>;
}

/** The bytes behind a release. */
export interface ReleaseContent {
  /** Absolute path of a file on this machine with exactly the bytes that `sha256` names. It is never written to. */
  locate(path: string): string;
}

/** The bytes of a release, from where its contents are kept. */
export const releaseContent = (release: Release, keptAt: (sha256: Digest) => string): ReleaseContent => ({
  locate(path) {
    const file = release.files.get(path);
    if (!file) throw new TypeError(`The release has no file ${path}.`);
    return keptAt(file.sha256);
  },
});

/** Makes a release of its files, sorted by path. */
export function makeRelease(client: string, files: Iterable<readonly [string, ReleaseFile]>): Release {
  const sorted = new Map([...files].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  return { client, files: sorted, digest: sha256(releaseText({ files: sorted })) };
}

/** The digest is the SHA-256 of this text: the sorted entries, each with path, content hash and size. */
export const releaseText = ({ files }: Pick<Release, 'files'>): string =>
  // Of lists of texts and whole numbers, this is the canonical JSON already.
  JSON.stringify(Array.from(files, ([path, file]) => [path, file.sha256, file.size]));

/** A release of the text that its digest names; undefined for another text. */
export function readRelease(client: string, digest: Digest, text: string): Release | undefined {
  if (sha256(text) !== digest) return undefined;
  const entries = JSON.parse(text) as [string, Digest, number][];
  return { client, digest, files: new Map(entries.map(([path, sha256, size]) => [path, { sha256, size }])) };
}

/** All bytes of a release. */
export function releaseBytes(release: Release): number {
  let bytes = 0;
  for (const { size } of release.files.values()) bytes += size;
  return bytes;
}
