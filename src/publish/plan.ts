import { canonicalJson, type Digest } from '../core/digest.ts';
import type { Release } from '../site/release.ts';
import { checkGuards, type Guards } from './guards.ts';
import type { Host, HostState } from './host.ts';
import type { FileEntry, HeadersOf, Manifest } from './manifest.ts';
import { publishOrder } from './order.ts';

/** What will happen on a host, before it happens. */
export interface PublishPlan {
  readonly client: string;
  readonly target: string;
  readonly release: Digest;
  /** The release that is live now. */
  readonly parent?: Digest;
  /** In the order in which they go live. */
  readonly uploads: readonly PlannedUpload[];
  /** What sec put there and the release no longer has, sorted by path. */
  readonly removals: Readonly<Record<string, FileEntry>>;
  readonly unchanged: number;
  /** Whether an earlier run was stopped in the middle and is finished by this one. */
  readonly resumes: boolean;
}

interface PlannedUpload {
  readonly path: string;
  readonly change: 'new' | 'changed';
  /** Bytes. */
  readonly size: number;
}

export interface PlanOptions extends Guards {
  readonly target: string;
  /** Of a host that is told the headers: a file whose headers changed is brought again. */
  readonly headers?: HeadersOf | undefined;
  /** Paths that are not as sec left them, whatever the manifest says: the release's file is brought again. */
  readonly again?: ReadonlySet<string> | undefined;
}

/** What planning must know of a host. */
export function optionsOf(host: Host): Pick<PlanOptions, 'target' | 'headers'> {
  return { target: host.target, headers: host.headers?.bind(host) };
}

/**
 * Compares a release with what sec has put on the host, by content hash alone. Only what the manifest owns is
 * ever removed.
 *
 * @throws HOST_OF_ANOTHER, HOST_MOVED, PATHS_UNSAFE, PUBLISH_EMPTY, PUBLISH_SHRINKS, PUBLISH_TOO_MANY_DELETES
 */
export function planPublish(release: Release, state: HostState, options: PlanOptions): PublishPlan {
  const { headers, again } = options;
  const owned = ownedFiles(state);
  const uploads: PlannedUpload[] = [];
  let unchanged = 0;
  for (const [path, { sha256, size }] of release.files) {
    const there = owned.get(path);
    const isThere = there?.sha256 === sha256 && !again?.has(path);
    if (isThere && isServedAs(there.entry, path, headers)) unchanged += 1;
    else uploads.push({ path, change: there ? 'changed' : 'new', size });
  }
  const gone = [...owned].filter(([path]) => !release.files.has(path)).sort(([a], [b]) => (a < b ? -1 : 1));
  const plan: PublishPlan = {
    client: release.client,
    target: options.target,
    release: release.digest,
    ...(state.kind === 'present' ? { parent: state.manifest.release } : {}),
    uploads: uploads.sort((a, b) => publishOrder(a.path, b.path)),
    removals: Object.fromEntries(gone.map(([path, { entry }]) => [path, entry])),
    unchanged,
    resumes: state.kind === 'present' && state.interrupted !== undefined,
  };
  checkGuards(release, state, plan, owned.size, options);
  return plan;
}

/** Whether the host is as the release wants it, so that nothing is to be done. */
export function isSettled(plan: PublishPlan): boolean {
  if (plan.resumes || plan.parent !== plan.release) return false;
  return plan.uploads.length === 0 && Object.keys(plan.removals).length === 0;
}

function isServedAs({ headers }: FileEntry, path: string, headersOf: HeadersOf | undefined): boolean {
  return !headersOf || canonicalJson(headers) === canonicalJson(headersOf(path));
}

interface Owned {
  readonly entry: FileEntry;
  /** What is there for certain; absent where a stopped run may or may not have replaced it. */
  readonly sha256?: Digest;
}

/** Every path that sec may have put on the host. */
function ownedFiles(state: HostState): Map<string, Owned> {
  if (state.kind === 'absent') return new Map();
  const { manifest, interrupted } = state;
  const owned = new Map<string, Owned>(
    Object.entries(manifest.files).map(([path, entry]) => [path, { entry, sha256: entry.sha256 }]),
  );
  if (!interrupted) return owned;
  for (const [path, entry] of Object.entries(interrupted.removals))
    if (!has(interrupted.next, path)) owned.set(path, { entry });
  for (const [path, entry] of Object.entries(interrupted.next.files))
    if (owned.get(path)?.sha256 !== entry.sha256) owned.set(path, { entry });
  return owned;
}

const has = (manifest: Manifest, path: string) => Object.hasOwn(manifest.files, path);
