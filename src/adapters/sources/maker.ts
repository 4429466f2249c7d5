import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from '../../core/digest.ts';
import { walk } from './walk.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const siteRoom = fileURLToPath(new URL('../../site/', import.meta.url));

/**
 * Names what turns sources into bytes: the code of the site's room, the libraries' versions and this Node (its
 * language data formats dates and money). Another maker's pages are rendered anew.
 */
export function makerName(): string {
  const code = walk(siteRoom, (location) => location).map(({ location }) => sha256(readFileSync(location)));
  const libraries = readFileSync(join(root, 'package.json'), 'utf8');
  return sha256([process.versions.node, process.versions.icu, libraries, ...code].join('\n'));
}
