import { createHash } from 'node:crypto';
import { type Digest, sha256 } from '../../../core/digest.ts';
import type { HostState } from '../../../publish/index.ts';
import type { Deploy, NetlifyApi, Sha1 } from './api.ts';
import { type DeployRecord, isOwn, markOf, readRecord } from './record.ts';

/** What is live on a site, and what sec knows of it. */
export interface LiveSite {
  /** Undefined before the first deploy. */
  readonly deploy: Deploy | undefined;
  /** Of the deploy that sec made live last, which somebody else's may have followed. */
  readonly record: DeployRecord | undefined;
}

/**
 * Reads what is published.
 *
 * @param records those that were read before, by deploy: the files of a deploy never change
 * @throws HostTrouble, HOST_STATE_UNREADABLE
 */
export async function readLive(
  api: NetlifyApi,
  target: string,
  records: Map<string, DeployRecord>,
): Promise<LiveSite> {
  const recordOf = async (own: Deploy) => {
    const record = records.get(own.id) ?? (await readRecord(api, own, target));
    records.set(own.id, record);
    return record;
  };
  const deploy = await api.published();
  if (!deploy) return { deploy, record: undefined };
  if (markOf(deploy)) return { deploy, record: await recordOf(deploy) };
  const own = (await api.deploys()).find((other) => markOf(other) && other.published_at);
  return { deploy, record: own && (await recordOf(own)) };
}

export function stateOf({ record }: LiveSite): HostState {
  return record ? { kind: 'present', manifest: record.manifest } : { kind: 'absent' };
}

/** Files of the live deploy, without sec's own. */
export async function liveFiles(api: NetlifyApi, { deploy }: LiveSite): Promise<ReadonlyMap<string, Sha1>> {
  if (!deploy) return new Map();
  return new Map([...(await api.files())].filter(([path]) => !isOwn(path)));
}

/** SHA-256 of the live files at `paths`; those that sec did not put there are read. */
export async function hashesAt(
  api: NetlifyApi,
  files: ReadonlyMap<string, Sha1>,
  live: LiveSite,
  paths: readonly string[],
): Promise<Map<string, Digest>> {
  const found = hashesOf(files, live, paths);
  for (const [path, hash] of found) {
    if (!hash.startsWith('sha1 ') || !live.deploy) continue;
    const bytes = await api.read(live.deploy, path);
    // What is served can have been made smaller on the way: only the bytes that were deployed count.
    if (bytes && createHash('sha1').update(bytes).digest('hex') === files.get(path))
      found.set(path, sha256(bytes));
  }
  return found;
}

/** SHA-256 of live files; of one that sec does not know, a word that no file has. */
export function hashesOf(
  files: ReadonlyMap<string, Sha1>,
  { record }: LiveSite,
  paths: Iterable<string>,
): Map<string, Digest> {
  const found = new Map<string, Digest>();
  for (const path of paths) {
    const sha1 = files.get(path);
    if (sha1 === undefined) continue;
    const known = record?.sha1[path] === sha1 ? record.manifest.files[path]?.sha256 : undefined;
    found.set(path, known ?? `sha1 ${sha1}`);
  }
  return found;
}
