import { type Digest, sha256 } from '../../../core/digest.ts';
import type { SurveyScope } from '../../../publish/index.ts';
import { allInLanes } from '../shared/lanes.ts';
import { isOwn, recordedHash, type StoredRecord } from './record.ts';
import type { ObjectStore } from './store.ts';

/** Requests that are under way at once. */
export const WIDTH = 8;
/** Up to so many paths are asked for one by one; for more, the list of all is cheaper. */
const FEW = 20;

/** What lies at a path now. */
export interface LiveObject {
  readonly etag: string;
  readonly hash: Digest;
}

/** SHA-256 of the bytes at `paths`, all of them read. */
export async function readHashes(store: ObjectStore, paths: readonly string[]): Promise<Map<string, Digest>> {
  const found = new Map<string, Digest>();
  const read = async (path: string) => {
    const object = await store.get(path);
    if (object) found.set(path, sha256(object.bytes));
  };
  await allInLanes(paths, WIDTH, read);
  return found;
}

/**
 * What is live. A file whose ETag is the one that it was stored under is not read again, unless all is to be read.
 * Neither is one that no manifest knows, where everything is asked for: whatever it holds, it is somebody else's.
 */
export async function surveyObjects(
  store: ObjectStore,
  stored: StoredRecord,
  { paths, deep = false }: SurveyScope,
): Promise<Map<string, LiveObject>> {
  const etags = await etagsOf(store, paths);
  const live = new Map<string, LiveObject>();
  const unknown: string[] = [];
  for (const [path, etag] of etags) {
    const known = deep ? undefined : recordedHash(stored, path, etag);
    if (known !== undefined) live.set(path, { etag, hash: known });
    else if (paths || deep || mayBeOurs(stored, path)) unknown.push(path);
    else live.set(path, { etag, hash: `etag ${etag}` });
  }
  const read = async (path: string) => {
    const object = await store.get(path);
    if (object) live.set(path, { etag: object.etag, hash: sha256(object.bytes) });
  };
  await allInLanes(unknown, WIDTH, read);
  if (paths) return live;
  for (const [path, { etag }] of Object.entries(stored.record?.retired ?? {}))
    if (live.get(path)?.etag === etag) live.delete(path);
  return live;
}

async function etagsOf(
  store: ObjectStore,
  paths: readonly string[] | undefined,
): Promise<Map<string, string>> {
  const etags = new Map<string, string>();
  if (paths && paths.length <= FEW) {
    const ask = async (path: string) => {
      const there = await store.head(path);
      if (there) etags.set(path, there.etag);
    };
    await allInLanes(paths, WIDTH, ask);
    return etags;
  }
  const wanted = paths && new Set(paths);
  for await (const { key, etag } of store.list())
    if (!isOwn(key) && (wanted?.has(key) ?? true)) etags.set(key, etag);
  return etags;
}

function mayBeOurs({ record }: StoredRecord, path: string): boolean {
  const { manifest, interrupted } = record ?? {};
  return [manifest?.files, interrupted?.next.files, interrupted?.removals].some(
    (files) => files !== undefined && Object.hasOwn(files, path),
  );
}
