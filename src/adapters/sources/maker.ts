import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../core/digest.ts';
import { walk } from './walk.ts';

/**
 * Names what turns sources into bytes: sec's code, the versions of its libraries and this Node (its language data
 * formats dates and money). Another maker's pages are rendered anew.
 *
 * @param root the folder that sec itself is in
 * @param room whose code it is, where sec runs from its sources
 */
export function makerName(root: string, room: 'site' | 'campaign' = 'site'): string {
  const code = join(root, import.meta.url.endsWith('.ts') ? `src/${room}` : 'dist');
  const files = walk(code, (location) => location).map(({ location }) => sha256(readFileSync(location)));
  const { node, icu = '' } = process.versions;
  return sha256([node, icu, readFileSync(join(root, 'package.json'), 'utf8'), ...files].join('\n'));
}
