import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { directoryHost } from '../../../src/adapters/hosts/directory.ts';
import { contractClock, type HostUnderTest, hostContract } from '../../contracts/host.ts';

function folderUnderTest(prepare: (folder: string) => void): HostUnderTest {
  const workspace = mkdtempSync(join(tmpdir(), 'sec-host-'));
  const folder = join(workspace, 'public/kaldi');
  prepare(folder);
  const before = existsSync(folder) ? treeOf(folder) : {};
  return {
    open: (now) =>
      directoryHost({ target: 'file:public/kaldi', folder, workspace, clock: contractClock(now) }),
    live: async () =>
      Object.fromEntries(Object.entries(treeOf(folder)).filter(([path]) => !(path in before))),
    before: Object.keys(before),
    manner: Object.keys(before).length > 0 ? 'file by file' : 'at once',
    async put(path, text) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      rmSync(join(folder, path), { force: true });
      writeFileSync(join(folder, path), text);
    },
    remove: async (path) => rmSync(join(folder, path)),
    aside: async () => Object.values(treeOf(join(workspace, 'public/.kaldi.sec/kept'))),
    dispose: async () => rmSync(workspace, { recursive: true, force: true }),
  };
}

/** What a web server that points at `dir` serves. */
function treeOf(dir: string): Record<string, string> {
  const paths = readdirSync(dir, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    paths
      .filter((path) => lstatSync(join(dir, path)).isFile())
      .filter((path) => !/\.sec-[0-9a-f]+\.tmp$/.test(path))
      .map((path) => [path, readFileSync(join(dir, path), 'utf8')]),
  );
}

hostContract('a folder that is not there yet', async () => folderUnderTest(() => undefined));
hostContract('an empty folder', async () =>
  folderUnderTest((folder) => mkdirSync(folder, { recursive: true })),
);
hostContract(
  'a folder that holds somebody’s files',
  async () =>
    folderUnderTest((folder) => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'theirs.txt'), 'from before');
    }),
  [],
);
