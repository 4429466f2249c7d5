import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Files } from '../../support/publication.ts';
import { filesBelow } from '../../support/web-folder.ts';
import type { FaultyHost } from './faulty-host.ts';

/**
 * What a site's folder may have beside it when nothing is under way. The lock of a run that died after its work was
 * done stays until the next one has something to do; whether it keeps anybody out is asked for elsewhere.
 */
const records = ['kept', 'lock', 'manifest.json', 'releases', 'stamps.json'];

/** A web root on this machine, seen from behind the server. @param before makes the folder, with these files in it */
export function webRoot(
  root: string,
  before?: Files,
): Required<Pick<FaultyHost, 'live' | 'add' | 'leftovers'>> {
  const state = join(dirname(root), `.${basename(root)}.sec`);
  const write = (files: Files) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };
  if (before) write(before);
  const names = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);
  const temporary = () =>
    readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.tmp'));
  return {
    live: async () => (existsSync(root) ? filesBelow(root) : {}),
    add: async (files) => write(files),
    leftovers: async () => [
      ...names(state).filter((name) => !records.includes(name)),
      ...names(join(state, 'releases')).filter((name) => !/^\d{4}-[0-9a-f]{12}$/.test(name)),
      ...temporary(),
    ],
  };
}
