import type { Digest } from '../../../core/digest.ts';
import { fail } from '../../../core/errors/index.ts';
import { emptyManifest, type HostState, type Manifest, parseManifest } from '../../../publish/index.ts';
import type { Git } from './program.ts';
import type { Refs } from './remote.ts';
import { FILE, hashBlobs, listTree, type TreeEntry } from './trees.ts';

const MANIFEST = 'manifest.json';
const SITE = 'site/';

/** All that is to be known of a branch: its files, those of them that sec put there, and the manifest. */
export interface BranchState {
  readonly refs: Refs;
  readonly state: HostState;
  /** What visitors get. */
  readonly live: ReadonlyMap<string, TreeEntry>;
  /** The release as sec published it last. */
  readonly published: ReadonlyMap<string, TreeEntry>;
}

/** Reads what the refs lead to. @throws HOST_STATE_UNREADABLE */
export async function readBranch(git: Git, refs: Refs, target: string): Promise<BranchState> {
  const live = refs.head === undefined ? new Map<string, TreeEntry>() : await listTree(git, refs.head);
  if (refs.record === undefined) return { refs, state: { kind: 'absent' }, live, published: new Map() };
  const record = await listTree(git, refs.record);
  const oid = record.get(MANIFEST)?.oid;
  if (oid === undefined)
    throw fail('HOST_STATE_UNREADABLE', { target, problem: 'the record of what is live has no manifest' });
  const manifest = parseManifest(await git.local(['cat-file', 'blob', oid]), target);
  const published = new Map(
    [...record].flatMap(([path, entry]) =>
      path.startsWith(SITE) ? [[path.slice(SITE.length), entry] as const] : [],
    ),
  );
  return { refs, state: { kind: 'present', manifest: liveManifest(refs, manifest) }, live, published };
}

/** Where somebody deleted the branch, nothing of the release is live any more; whose place it is stays known. */
function liveManifest({ head }: Refs, manifest: Manifest): Manifest {
  return head === undefined ? emptyManifest(manifest) : manifest;
}

/** The record's own tree, of which sec reads its manifest and what it put there. */
export function recordEntries(
  manifestOid: string,
  release: ReadonlyMap<string, TreeEntry>,
): Map<string, TreeEntry> {
  const site = [...release].map(([path, entry]) => [`${SITE}${path}`, entry] as const);
  return new Map([[MANIFEST, { mode: FILE, oid: manifestOid }], ...site]);
}

/** SHA-256 of live files; of a link, or another repository in the tree, the word `link`. */
export async function liveHashes(
  git: Git,
  { live }: BranchState,
  paths: Iterable<string>,
): Promise<Map<string, Digest>> {
  const wanted = [...paths].flatMap((path) => {
    const entry = live.get(path);
    return entry ? [[path, entry] as const] : [];
  });
  const isFile = ({ mode }: TreeEntry) => mode.startsWith('100');
  const hashes = await hashBlobs(
    git,
    wanted.flatMap(([, entry]) => (isFile(entry) ? [entry.oid] : [])),
  );
  return new Map(wanted.map(([path, { oid }]) => [path, hashes.get(oid) ?? 'link']));
}
