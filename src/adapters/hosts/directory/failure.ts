import { basename, isAbsolute, relative } from 'node:path';
import { fail, isSecError } from '../../../core/errors/index.ts';
import type { Layout } from './layout.ts';

const words: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the room that you have on that disk is used up',
  EACCES: 'may not be written by you',
  EPERM: 'may not be changed by you',
  EROFS: 'is on a read-only disk',
  ENOTDIR: 'cannot be reached, because a part of its path is a file',
  EISDIR: 'is a folder, where a file was expected',
  EEXIST: 'is a file, where a folder was expected',
  EBUSY: 'is in use by the system',
  EIO: 'cannot be reached, because the disk reported an error',
  ENOENT: 'disappeared meanwhile',
  EMFILE: 'cannot be opened, because too many files are open on this computer',
};

const unwritable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EEXIST']);

/** What the system refused, as a failure that says what is live. A failure of the catalogue stays itself. */
export function hostFailure(layout: Layout, error: unknown, live: string): unknown {
  const { code, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  if (isSecError(error) || code === undefined) return error;
  const said = words[code] ?? `the system refused (${code})`;
  const problem = said.startsWith('the ') ? said : `${placeName(layout, dest ?? path)} ${said}`;
  return fail('HOST_FAILED', { target: layout.target, problem, live }, error);
}

/** The same before anything was begun: a folder that cannot be written at all is told apart from a fault on the way. */
export function openFailure(layout: Layout, error: unknown, live: string): unknown {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (!unwritable.has(code)) return hostFailure(layout, error, live);
  const problem = code === 'ENOENT' ? 'the system lets nobody make a folder there' : `it ${words[code]}`;
  return fail('HOST_NOT_WRITABLE', { target: layout.target, problem }, error);
}

/** A path inside the website's folder or beside it, without the rest of the machine. */
function placeName(layout: Layout, path: string | undefined): string {
  if (!path || path === layout.root) return 'it';
  const inside = relative(layout.root, path);
  if (!inside.startsWith('..') && !isAbsolute(inside)) return inside;
  const beside = relative(layout.state, path);
  if (!beside.startsWith('..') && !isAbsolute(beside))
    return `${basename(layout.state)}, where its records are,`;
  return 'the folder above it';
}
