import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../../core/errors/index.ts';
import type { ForeignOutput } from '../../site/foreign/release-output.ts';
import type { AssetSource } from '../../site/source/sources.ts';
import { type NameOf, readAsset } from '../sources/read-files.ts';
import type { FoundFile } from '../sources/walk.ts';
import { folderInside } from './inside.ts';

/** Hidden names that belong on a web server; every other one is somebody's private file. */
const published = ['.well-known', '.htaccess', '.nojekyll'];
const HEAD_BYTES = 1 << 16;

export interface OutputFolder {
  /** The project that it is in. */
  readonly dir: string;
  /** Below the project, as site.yaml says. */
  readonly folder: string;
  readonly client: string;
  /** What errors call a location. */
  readonly name: NameOf;
}

/**
 * Everything in a folder that is to become a release.
 *
 * @throws OUTPUT_REFUSED where there is no such folder, SYMLINK_REFUSED for any link in it or on the way to it
 */
export function readOutput({ dir, folder, client, name }: OutputFolder): ForeignOutput {
  const location = folderInside(dir, folder, name);
  if (location === undefined)
    throw fail('OUTPUT_REFUSED', { client, folder, problem: `there is no folder ${folder}` });
  const { files, leftOut } = visibleFiles(location, name);
  return { files: files.map((file) => readAsset(file, name)), leftOut, headOf };
}

function visibleFiles(dir: string, name: NameOf): { files: FoundFile[]; leftOut: string[] } {
  const files: FoundFile[] = [];
  const leftOut: string[] = [];
  const enter = (folder: string, prefix: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = prefix + entry.name;
      const location = join(folder, entry.name);
      if (entry.name.startsWith('.') && !published.includes(entry.name)) leftOut.push(path);
      else if (entry.isSymbolicLink()) throw fail('SYMLINK_REFUSED', { file: name(location) });
      else if (entry.isDirectory()) enter(location, `${path}/`);
      else if (entry.isFile()) files.push({ path, location });
    }
  };
  enter(dir, '');
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, leftOut: leftOut.sort() };
}

function headOf({ location }: AssetSource): string {
  const handle = openSync(location, 'r');
  try {
    const chunk = Buffer.alloc(HEAD_BYTES);
    return chunk.toString('utf8', 0, readSync(handle, chunk));
  } finally {
    closeSync(handle);
  }
}
