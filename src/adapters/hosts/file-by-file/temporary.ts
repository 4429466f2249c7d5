import { type Digest, sha256 as hashOf } from '../../../core/digest.ts';
import { folderOf, nameOf } from './layout.ts';

/** Whether a file's name is one that sec gives while it works; such files are on no list. */
export const isTemporary = (path: string): boolean => /^\.sec-[0-9a-f]{24}\.tmp$/.test(nameOf(path));

/** Beside its place, so that the rename stays within one disk; the same for the same bytes, so that a rerun finds it. */
export function temporaryName(path: string, sha256: Digest): string {
  const name = `.sec-${hashOf(`${path}\n${sha256}`).slice(0, 24)}.tmp`;
  return path.includes('/') ? `${folderOf(path)}/${name}` : name;
}
