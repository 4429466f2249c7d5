import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseGitUrl } from '../../../src/adapters/hosts/git/address.ts';
import { gitHost } from '../../../src/adapters/hosts/git.ts';
import { contractClock, hostContract } from '../../contracts/host.ts';
import { type BareRepository, bareRepository } from '../../support/bare-repository.ts';
import { isLeftOutWithout } from '../../support/programs.ts';

function placeIn(dir: string, repository: BareRepository, url = `git+file://${repository.path}#pages`) {
  return {
    open: (now?: string) =>
      gitHost({
        address: parseGitUrl(url),
        client: 'kaldi',
        stateDir: join(dir, 'state'),
        clock: contractClock(now),
        env: process.env,
        login: async () => ({}),
      }),
    live: async () => repository.files('pages'),
    before: repository.before,
    put: async (path: string, text: string) => repository.commit('pages', { [path]: text }),
    remove: async (path: string) => repository.commit('pages', { [path]: undefined }),
    aside: async () => repository.madeWay('pages'),
    dispose: async () => rmSync(dir, { recursive: true, force: true }),
  };
}

if (!isLeftOutWithout('git', 'git')) {
  hostContract('a branch that is not there yet', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'sec-git-'));
    return placeIn(dir, bareRepository(join(dir, 'site.git')));
  });
  hostContract('a branch that somebody keeps', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'sec-git-'));
    const theirs = { CNAME: 'kaldi.example\n', '.nojekyll': '' };
    return placeIn(dir, bareRepository(join(dir, 'site.git'), { pages: theirs }));
  });
}
