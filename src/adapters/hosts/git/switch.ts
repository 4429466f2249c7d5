import { finish } from '../../../core/progress.ts';
import {
  emptyManifest,
  type Manifest,
  type MovedAside,
  manifestText,
  type Publication,
} from '../../../publish/index.ts';
import { fatesOf } from '../shared/foreign.ts';
import { makeCommit, type Signature } from './commits.ts';
import type { Git } from './program.ts';
import { storeRelease } from './stage.ts';
import { type BranchState, recordEntries } from './state.ts';
import { FILE, type Oid, storeText, type TreeEntry, writeTree } from './trees.ts';

/** A publication as commits that nobody else has yet. */
export interface NextCommits {
  readonly head: Oid;
  readonly record: Oid;
  readonly movedAside: readonly MovedAside[];
}

/**
 * Makes the commit of the next release on top of what is live: the release whole, and the files of others that
 * are not in its way. What makes way stays in the branch's history.
 *
 * @param staged blobs of the uploads by path
 */
export async function nextCommits(
  git: Git,
  branch: BranchState,
  publication: Publication,
  staged: ReadonlyMap<string, Oid>,
  by: Signature,
): Promise<NextCommits> {
  const { manifest } = publication;
  const owned = branch.state.kind === 'present' ? branch.state.manifest : emptyManifest(manifest);
  const release = await releaseEntries(git, branch, publication, staged, owned);
  const { carried, aside } = fatesOf(foreignPaths(branch, release), owned, manifest);
  const entries = new Map(release);
  for (const path of carried) {
    const entry = branch.live.get(path);
    if (entry) entries.set(path, entry);
  }
  const message = messageOf(manifest, aside);
  const tree = await writeTree(git, entries);
  const head = await makeCommit(git, { tree, parent: branch.refs.head, message, by });
  const text = await storeText(git, manifestText(manifest));
  const recordTree = await writeTree(git, recordEntries(text, release));
  const record = await makeCommit(git, { tree: recordTree, message: `Record of ${head}\n`, by });
  const keptAt = (path: string) => `commit ${branch.refs.head?.slice(0, 12)} of the branch, ${path}`;
  return { head, record, movedAside: aside.map((path) => ({ path, keptAt: keptAt(path) })) };
}

/** Every file of the release: as staged, as it was published before, else from this computer. */
async function releaseEntries(
  git: Git,
  { published }: BranchState,
  publication: Publication,
  staged: ReadonlyMap<string, Oid>,
  owned: Manifest,
): Promise<Map<string, TreeEntry>> {
  const { manifest } = publication;
  const known = new Map(staged);
  for (const [path, { sha256 }] of Object.entries(manifest.files)) {
    const before = published.get(path);
    if (before && owned.files[path]?.sha256 === sha256 && !known.has(path)) known.set(path, before.oid);
  }
  const paths = Object.keys(manifest.files);
  const unknown = paths.filter((path) => !known.has(path));
  for (const [path, oid] of await finish(storeRelease(git, publication, unknown))) known.set(path, oid);
  return new Map(paths.map((path) => [path, { mode: FILE, oid: known.get(path) ?? '' }]));
}

/** Live paths that hold neither what sec published there nor what it publishes now. */
function foreignPaths({ live, published }: BranchState, release: ReadonlyMap<string, TreeEntry>): string[] {
  return [...live].flatMap(([path, { oid }]) =>
    oid === published.get(path)?.oid || oid === release.get(path)?.oid ? [] : [path],
  );
}

function messageOf({ site, release, tool }: Manifest, aside: readonly string[]): string {
  const kept = aside.map((path) => `Made-Way: ${JSON.stringify(path)}\n`).join('');
  return `Publish ${site} ${release.slice(0, 12)}\n\nRelease: ${release}\nPublished-By: ${tool}\n${kept}`;
}
