import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { parseGitUrl } from '../../../src/adapters/hosts/git/address.ts';
import type { GitLogin } from '../../../src/adapters/hosts/git/program.ts';
import { gitHost } from '../../../src/adapters/hosts/git.ts';
import { contractClock, hostContract } from '../../contracts/host.ts';
import { type BareRepository, bareRepository } from '../../support/bare-repository.ts';
import { isLeftOutWithout } from '../../support/programs.ts';
import { type SshServer, startSshd } from '../../support/sshd.ts';

const theirs = { CNAME: 'kaldi.example\n', '.nojekyll': '' };

/** How a repository is reached: its address without the branch, and the login. */
interface Way {
  readonly url: (path: string) => string;
  readonly login: GitLogin;
}
const onThisComputer: Way = { url: (path) => `git+file://${path}`, login: {} };

function placeIn(dir: string, repository: BareRepository, { url, login }: Way = onThisComputer) {
  return {
    open: (now?: string) =>
      gitHost({
        address: parseGitUrl(`${url(repository.path)}#pages`),
        client: 'kaldi',
        stateDir: join(dir, 'state'),
        clock: contractClock(now),
        env: process.env,
        login: async () => login,
      }),
    live: async () => repository.files('pages'),
    before: repository.before,
    put: async (path: string, text: string) => repository.commit('pages', { [path]: text }),
    remove: async (path: string) => repository.commit('pages', { [path]: undefined }),
    aside: async () => repository.madeWay('pages'),
    dispose: async () => rmSync(dir, { recursive: true, force: true }),
  };
}

const newFolder = () => mkdtempSync(join(tmpdir(), 'sec-git-'));

describe.skipIf(isLeftOutWithout('git', 'git'))('git', () => {
  hostContract('a branch that is not there yet', async () => {
    const dir = newFolder();
    return placeIn(dir, bareRepository(join(dir, 'site.git')));
  });
  describe.skipIf(isLeftOutWithout('openssh-server', 'sshd'))('over SSH', { timeout: 90_000 }, () => {
    let keys: string;
    let sshd: SshServer;
    beforeAll(async () => {
      keys = newFolder();
      mkdirSync(join(keys, 'sshd'));
      sshd = await startSshd(join(keys, 'sshd'));
    });
    afterAll(async () => {
      await sshd?.stop();
      rmSync(keys, { recursive: true, force: true });
    });

    hostContract('a branch that somebody keeps on a server', async () => {
      const dir = newFolder();
      const { user, port, knownHosts, keyFile } = sshd;
      const ssh = { knownHosts, keyFile, control: join(keys, 'c'), patience: 20 };
      return placeIn(dir, bareRepository(join(dir, 'site.git'), { pages: theirs }), {
        url: (path) => `git+ssh://${user}@127.0.0.1:${port}${path}`,
        login: { ssh },
      });
    });
  });
});
