import { createHash, randomBytes } from 'node:crypto';
import { fail } from '../../../core/errors/index.ts';
import { tick, type Work } from '../../../core/progress.ts';
import {
  emptyManifest,
  type MovedAside,
  type Publication,
  type SwitchOutcome,
} from '../../../publish/index.ts';
import { checkedBytes } from '../shared/checked-bytes.ts';
import { fatesOf } from '../shared/foreign.ts';
import { inLanes } from '../shared/lanes.ts';
import { HostTrouble } from '../shared/trouble.ts';
import { uploadTicks } from '../shared/upload-ticks.ts';
import type { NetlifyApi, Sha1 } from './api.ts';
import type { LiveSite } from './live.ts';
import { recordPath, recordText, titleOf } from './record.ts';

/** Uploads at once: the API refuses more (community.netlify.com, "undocumented concurrency limits"). */
const WIDTH = 4;

/** A publication under way: one deploy, made while nobody sees it. */
export interface NetlifyWork {
  readonly api: NetlifyApi;
  readonly target: string;
  readonly assertHeld: () => Promise<void>;
  /** As it was under the lock. */
  readonly live: LiveSite;
  readonly files: ReadonlyMap<string, Sha1>;
  made?: { readonly deploy: string; readonly movedAside: readonly MovedAside[] };
}

/**
 * Makes the deploy: the release whole, and the files of others that are not in its way. Only what was never
 * uploaded to the site before is uploaded.
 *
 * @throws RELEASE_DAMAGED, HostTrouble
 */
export async function* stageDeploy(work: NetlifyWork, publication: Publication): Work<void> {
  const { api, live, files } = work;
  const { manifest } = publication;
  const sha1 = yield* digests(publication, live);
  const owned = live.record?.manifest ?? emptyManifest(manifest);
  const foreign = [...files].flatMap(([path, sha]) =>
    sha === live.record?.sha1[path] || sha === sha1[path] ? [] : [path],
  );
  const { carried, aside } = fatesOf(foreign, owned, manifest);
  const movedAside = aside.map((path) => ({ path, keptAt: `deploy ${live.deploy?.id}, ${path}` }));
  const nonce = randomBytes(16).toString('hex');
  const record = Buffer.from(recordText({ manifest, sha1, madeWay: movedAside }));
  const theirs = Object.fromEntries(carried.map((path) => [path, files.get(path) ?? '']));
  const all = { ...theirs, ...sha1, [recordPath(nonce)]: sha1Of(record) };
  const { id, required } = await api.create(titleOf(manifest, nonce), all);
  const wanted = new Set(required ?? []);
  const uploads = new Map(
    Object.entries(all).flatMap(([path, sha]) => (wanted.has(sha) ? [[sha, path]] : [])),
  );
  const lost = [...uploads.values()].find((path) => Object.hasOwn(theirs, path));
  if (lost !== undefined)
    throw new HostTrouble('other', `${lost}, which somebody else put there, is not kept by it any more`);
  const upload = async (path: string) => {
    const bytes = path === recordPath(nonce) ? record : await checkedBytes(publication, path);
    await api.upload(id, path, bytes);
    return path;
  };
  const toBring = [...uploads.values()];
  const told = uploadTicks({ uploads: toBring, manifest });
  for await (const path of inLanes(toBring, WIDTH, upload)) yield told(path);
  await api.ready(id);
  work.made = { deploy: id, movedAside };
}

/** Makes the deploy live in one step, unless somebody else's became live meanwhile. @throws LIVE_MOVED, LOCK_LOST */
export async function* switchDeploy(work: NetlifyWork): Work<SwitchOutcome> {
  const { api, target, live, made } = work;
  if (!made) throw new TypeError('Nothing was staged.');
  await work.assertHeld();
  if ((await api.published())?.id !== live.deploy?.id) throw fail('LIVE_MOVED', { target });
  yield tick(0, 1);
  await api.restore(made.deploy);
  if ((await api.published())?.id !== made.deploy)
    throw new HostTrouble('other', 'it did not make the new deploy the live one');
  // Who has stopped automatic publishing wants the live deploy to stay until somebody says otherwise.
  if (live.deploy?.locked) await api.lock(made.deploy);
  return { movedAside: made.movedAside };
}

/** SHA-1 of every file of the release: of the uploads from their bytes, of the others as recorded. */
async function* digests(publication: Publication, { record }: LiveSite): Work<Record<string, Sha1>> {
  const { manifest, uploads } = publication;
  const brought = new Set(uploads);
  const sha1: Record<string, Sha1> = {};
  const paths = Object.entries(manifest.files);
  for (const [n, [path, { sha256 }]] of paths.entries()) {
    const known = record?.manifest.files[path]?.sha256 === sha256 ? record.sha1[path] : undefined;
    sha1[path] =
      known !== undefined && !brought.has(path) ? known : sha1Of(await checkedBytes(publication, path));
    if (n % 100 === 0) yield tick(n, paths.length, path);
  }
  return sha1;
}

const sha1Of = (bytes: Uint8Array): Sha1 => createHash('sha1').update(bytes).digest('hex');
