import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { HostUnderTest } from '../contracts/host.ts';

/** The web root behind a server of this machine, reached past the server: what visitors get, and another hand. */
export function webFolder(root: string): Omit<HostUnderTest, 'open' | 'dispose'> {
  const before = existsSync(root) ? filesBelow(root) : {};
  return {
    live: async () =>
      Object.fromEntries(Object.entries(filesBelow(root)).filter(([path]) => !(path in before))),
    before: Object.keys(before),
    async put(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      rmSync(join(root, path), { force: true });
      writeFileSync(join(root, path), text);
    },
    remove: async (path) => rmSync(join(root, path)),
    aside: async () =>
      [`${dirname(root)}/.${root.slice(dirname(root).length + 1)}.sec/kept`, join(root, '.sec/kept')].flatMap(
        (kept) => (existsSync(kept) ? Object.values(filesBelow(kept)) : []),
      ),
  };
}

/** The texts of all files below a folder that a visitor could get, by path; sec's own are left out. */
export function filesBelow(dir: string): Record<string, string> {
  const paths = readdirSync(dir, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    paths
      .filter((path) => lstatSync(join(dir, path)).isFile())
      .filter((path) => !path.startsWith('.sec/') && !/\.sec-[0-9a-f]+\.tmp$/.test(path))
      .map((path) => [path, readFileSync(join(dir, path), 'utf8')]),
  );
}
