import { createHash, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Digest } from '../../../core/digest.ts';
import type { Git } from './program.ts';

/** The name that git gives an object. */
export type Oid = string;

/** One entry of a tree: a file, a program, a link, or another repository at a commit. */
export interface TreeEntry {
  readonly mode: string;
  readonly oid: Oid;
}

export const FILE = '100644';

/** All entries below a commit or tree, by path. */
export async function listTree(git: Git, treeish: string): Promise<Map<string, TreeEntry>> {
  const listing = await git.local(['ls-tree', '-r', '-z', '--full-tree', treeish]);
  return new Map(
    listing.split('\0').flatMap((line) => {
      const entry = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line);
      return entry ? [[entry[3] ?? '', { mode: entry[1] ?? '', oid: entry[2] ?? '' }]] : [];
    }),
  );
}

/** Makes a tree of exactly these entries, through an index of its own. */
export async function writeTree(git: Git, entries: ReadonlyMap<string, TreeEntry>): Promise<Oid> {
  const index = join(git.cache, `index-${randomUUID()}`);
  const env = { GIT_INDEX_FILE: index };
  const input = [...entries].map(([path, { mode, oid }]) => `${mode} ${oid}\t${path}\0`).join('');
  try {
    await git.local(['update-index', '-z', '--index-info'], { input, env });
    return (await git.local(['write-tree'], { env })).trim();
  } finally {
    rmSync(index, { force: true });
  }
}

/** The name that git gives these bytes (gitformat-pack(5), "object names"). */
export function blobName(bytes: Uint8Array): Oid {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** Stores files of this computer as they are, and names them in the order given. */
export async function storeFiles(git: Git, files: readonly string[]): Promise<Oid[]> {
  const input = files.map((file) => `${file}\n`).join('');
  const names = await git.local(['hash-object', '-w', '--no-filters', '--stdin-paths'], { input });
  return names.split('\n').slice(0, -1);
}

export async function storeText(git: Git, text: string): Promise<Oid> {
  return (await git.local(['hash-object', '-w', '--stdin'], { input: text })).trim();
}

/** SHA-256 of the bytes of blobs, read one after another. */
export async function hashBlobs(git: Git, oids: Iterable<Oid>): Promise<Map<Oid, Digest>> {
  const wanted = [...new Set(oids)];
  const hashes = new Map<Oid, Digest>();
  if (wanted.length === 0) return hashes;
  let head: Buffer = Buffer.alloc(0);
  let open: { oid: Oid; left: number; hash: ReturnType<typeof createHash> } | undefined;
  for await (const chunk of git.stream(['cat-file', '--batch'], `${wanted.join('\n')}\n`)) {
    let rest: Buffer = head.length > 0 ? Buffer.concat([head, chunk]) : chunk;
    head = Buffer.alloc(0);
    while (rest.length > 0) {
      if (!open) {
        const end = rest.indexOf('\n');
        if (end < 0) {
          head = rest;
          break;
        }
        const [oid = '', kind, size] = rest.subarray(0, end).toString().split(' ');
        if (kind !== 'blob') throw new Error(`git cat-file: ${oid} is missing`);
        // The bytes are followed by a line feed that is not theirs.
        open = { oid, left: Number(size) + 1, hash: createHash('sha256') };
        rest = rest.subarray(end + 1);
      }
      const part = rest.subarray(0, open.left);
      open.left -= part.length;
      open.hash.update(open.left === 0 ? part.subarray(0, -1) : part);
      rest = rest.subarray(part.length);
      if (open.left === 0) {
        hashes.set(open.oid, open.hash.digest('hex'));
        open = undefined;
      }
    }
  }
  return hashes;
}
