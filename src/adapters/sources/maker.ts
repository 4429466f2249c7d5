import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../core/digest.ts';
import { packageRoot } from '../files/package-root.ts';
import { walk } from './walk.ts';

/** The code that runs: the site's room in src/, or all of the bundle, which has no rooms. */
const codeFolder = (root: string) => join(root, import.meta.filename.endsWith('.ts') ? 'src/site' : 'dist');

/**
 * Names what turns sources into bytes: the code of the site's room, the libraries' versions and this Node (its
 * language data formats dates and money). Another maker's pages are rendered anew.
 */
export function makerName(): string {
  const root = packageRoot();
  const code = walk(codeFolder(root), (location) => location).map(({ location }) =>
    sha256(readFileSync(location)),
  );
  const libraries = readFileSync(join(root, 'package.json'), 'utf8');
  return sha256([process.versions.node, process.versions.icu, libraries, ...code].join('\n'));
}
