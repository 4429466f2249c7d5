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
  const code = import.meta.url.endsWith('.ts')
    ? codeDigest(join(root, 'src', room))
    : readFileSync(join(root, 'dist/digest'), 'latin1');
  const { node, icu = '' } = process.versions;
  return sha256([node, icu, readFileSync(join(root, 'package.json'), 'utf8'), code].join('\n'));
}

/** Names all that is in the files below a folder; of what is built, the build keeps it in `dist/digest`. */
export const codeDigest = (dir: string): string =>
  sha256(
    walk(dir, (location) => location)
      .map(({ location }) => sha256(readFileSync(location)))
      .join('\n'),
  );
