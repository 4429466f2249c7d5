import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, type Digest } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import type { PublishedRecord, ReleaseStore } from '../../publish/index.ts';
import type { Release, ReleaseFile } from '../../site/release.ts';
import { makeRelease } from '../../site/release.ts';
import { privateFolder, writeFileAtomic } from '../files/atomic.ts';
import { type ObjectStore, objectStore } from './objects.ts';

/**
 * A client's published releases under its state folder: `trees/<digest>.json` names the files, `objects/` holds
 * each content once, `history.jsonl` has a line per publication, and
 * `intended.json` is one that was about to go live.
 *
 * @param stateDir the client's own, `.sec/clients/<client>`
 */
export function releaseStore(client: string, stateDir: string): ReleaseStore {
  const dir = join(stateDir, 'releases');
  const trees = join(dir, 'trees');
  const historyFile = join(dir, 'history.jsonl');
  const intentFile = join(dir, 'intended.json');
  const objects = objectStore(join(dir, 'objects'));
  const treeFile = (digest: Digest) => join(trees, `${digest}.json`);
  const digests = (): Digest[] =>
    existsSync(trees)
      ? readdirSync(trees).flatMap((name) => /^([0-9a-f]{64})\.json$/.exec(name)?.[1] ?? [])
      : [];
  /** Undefined for one that was damaged or changed by hand: it can never go live again. */
  const readTree = (digest: Digest): Release | undefined => {
    const tree = parseTree(client, readFileSync(treeFile(digest), 'utf8'));
    return tree?.digest === digest ? tree : undefined;
  };

  return {
    async keep(release, content) {
      privateFolder(trees);
      for (const [path, { sha256, size }] of release.files) objects.keep(sha256, content.locate(path), size);
      if (!existsSync(treeFile(release.digest)))
        writeFileAtomic(treeFile(release.digest), `${canonicalJson([...release.files])}\n`, 0o600);
    },
    async find(prefix) {
      const known = digests();
      const [digest, another] = known.filter((name) => name.startsWith(prefix));
      if (digest === undefined || another !== undefined || prefix === '')
        throw fail('RELEASE_UNKNOWN', {
          client,
          release: prefix,
          known: known.map((name) => name.slice(0, 12)),
        });
      const release = readTree(digest);
      if (!release)
        throw fail('RELEASE_DAMAGED', {
          path: `the list of files of ${digest.slice(0, 12)}`,
          live: UNTOUCHED,
        });
      return { release, content: { locate: (path) => locate(objects, release, path) } };
    },
    kept: async () => new Set(digests()),
    async intend(entry) {
      privateFolder(dir);
      writeFileAtomic(intentFile, `${JSON.stringify(entry)}\n`, 0o600);
    },
    intended: async () => readHistory(intentFile)[0],
    async record(entry) {
      privateFolder(dir);
      appendFileSync(historyFile, `${JSON.stringify(entry)}\n`, { mode: 0o600, flush: true });
      rmSync(intentFile, { force: true });
    },
    history: async () => readHistory(historyFile),
    async surplus(limit, live) {
      const order = readHistory(historyFile).map(({ release }) => release);
      const byAge = digests().sort((a, b) => order.lastIndexOf(b) - order.lastIndexOf(a));
      return byAge.slice(limit).filter((digest) => !live.has(digest));
    },
    async drop(releases) {
      if (releases.length === 0) return;
      for (const digest of releases) rmSync(treeFile(digest), { force: true });
      const used = new Set(
        digests()
          .flatMap((digest) => [...(readTree(digest)?.files.values() ?? [])])
          .map((f) => f.sha256),
      );
      objects.dropAllBut(used);
    },
  };
}

const UNTOUCHED = 'The live site is as it was.';

/** Undefined for a text that is no list of files. */
function parseTree(client: string, text: string): Release | undefined {
  try {
    return makeRelease(client, JSON.parse(text) as [string, ReleaseFile][]);
  } catch {
    return undefined;
  }
}

function locate(objects: ObjectStore, release: Release, path: string): string {
  const file = release.files.get(path);
  if (!file) throw new TypeError(`The release lacks ${path}.`);
  return objects.locate(file.sha256);
}

/** A line that a stopped run left half written is passed over. */
function readHistory(file: string): PublishedRecord[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as PublishedRecord];
      } catch {
        return [];
      }
    });
}
