import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fail } from '../core/errors/index.ts';

/** The file that makes a folder a workspace. */
export const WORKSPACE_FILE = 'sec.yaml';

/**
 * The workspace's folder: `named` itself where one is named, else the nearest folder with a sec.yaml from
 * `from` upwards.
 *
 * @throws WORKSPACE_NOT_FOUND
 */
export function findWorkspace(from: string, named?: string): string {
  const start = resolve(from, named ?? '.');
  if (isWorkspace(start)) return start;
  for (let dir = start; named === undefined && dir !== dirname(dir); dir = dirname(dir)) {
    if (isWorkspace(dir)) return dir;
  }
  throw fail('WORKSPACE_NOT_FOUND', { from: start });
}

const isWorkspace = (dir: string) =>
  existsSync(join(dir, WORKSPACE_FILE)) && statSync(join(dir, WORKSPACE_FILE)).isFile();
