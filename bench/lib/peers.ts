import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A program to measure beside. */
export interface Peer {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** Hugo, where it is on the PATH. */
export function findHugo(): Peer | undefined {
  const { status, stdout } = spawnSync('hugo', ['version'], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  const [, version = ''] = /v(\d+\.\d+\.\d+)/.exec(stdout) ?? [];
  return { name: `Hugo ${version}`, command: 'hugo', args: [] };
}

/** Eleventy: the project's own, or the one that is installed in the folder ELEVENTY_DIR. */
export function findEleventy(): Peer | undefined {
  const project = fileURLToPath(new URL('../../', import.meta.url));
  const home = join(process.env.ELEVENTY_DIR ?? project, 'node_modules/@11ty/eleventy');
  if (!existsSync(home)) return undefined;
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  return { name: `Eleventy ${version}`, command: process.execPath, args: [join(home, 'cmd.cjs')] };
}
