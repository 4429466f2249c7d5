import { lstatSync, renameSync, rmdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { syncFolder } from '../../files/atomic.ts';
import type { Layout } from './layout.ts';

/**
 * Makes the web root a link to `web` in one step: a new link is made aside and renamed over the old one. An
 * empty folder that stands there is taken away first; it served nothing.
 */
export function pointTo(layout: Layout, web: string): void {
  const fresh = join(layout.state, 'next');
  rmSync(fresh, { force: true });
  symlinkSync(relative(dirname(layout.root), web), fresh);
  if (lstatSync(layout.root, { throwIfNoEntry: false })?.isDirectory()) rmdirSync(layout.root);
  renameSync(fresh, layout.root);
  syncFolder(dirname(layout.root));
}
