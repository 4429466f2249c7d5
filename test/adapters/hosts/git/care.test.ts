import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseGitUrl } from '../../../../src/adapters/hosts/git/address.ts';
import { gitHost } from '../../../../src/adapters/hosts/git.ts';
import { finish } from '../../../../src/core/progress.ts';
import { bareRepository } from '../../../support/bare-repository.ts';
import { claim, publishTo, release, testClock } from '../../../support/publish.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const home = { 'index.html': 'home' };

function setup(env: NodeJS.ProcessEnv = process.env) {
  const dir = temporaryFolder();
  const theirs = { CNAME: 'kaldi.example\n', '.nojekyll': '' };
  const repository = bareRepository(join(dir, 'site.git'), { pages: theirs, main: { 'source.md': 'x' } });
  const host = (branch = 'pages') =>
    gitHost({
      address: parseGitUrl(`git+file://${repository.path}#${branch}`),
      client: 'kaldi',
      stateDir: join(dir, 'state'),
      clock: testClock,
      env,
      login: async () => ({}),
    });
  return { dir, repository, host };
}

describe('a branch as a host', () => {
  it('keeps the name of the site and the other branches, and adds one commit to the history', async () => {
    const { repository, host } = setup();
    const main = repository.git('rev-parse', 'main');
    const before = repository.git('rev-parse', 'pages').trim();
    await publishTo(host(), home);
    await publishTo(host(), { ...home, 'index.html': 'home 2' });
    expect(repository.git('cat-file', 'blob', 'pages:CNAME')).toBe('kaldi.example\n');
    expect(repository.git('cat-file', 'blob', 'pages:.nojekyll')).toBe('');
    expect(repository.git('rev-parse', 'main')).toBe(main);
    expect(repository.git('rev-parse', 'pages~2').trim()).toBe(before);
    expect(repository.git('for-each-ref', '--format=%(refname)').trim().split('\n')).toEqual([
      'refs/heads/main',
      'refs/heads/pages',
      'refs/sec/record/pages',
    ]);
  });

  it('plans anew where somebody pushes between the plan and the switch', async () => {
    const { repository, host } = setup();
    await publishTo(host(), home);
    const late = host();
    const session = await late.open(claim('late'), []);
    const publication = release({ 'index.html': 'mine' }).publication(late.target);
    await finish(session.stage(publication));
    repository.commit('pages', { 'theirs.html': 'theirs' });
    await expect(finish(session.switch(publication))).rejects.toMatchObject({ code: 'LIVE_MOVED' });
    await session.close();
    await publishTo(host(), { 'index.html': 'mine' });
    expect(repository.files('pages')).toEqual({ 'index.html': 'mine', 'theirs.html': 'theirs' });
  });

  it('does not take a damaged record, or a repository that is not there, for a first publication', async () => {
    const { repository, host, dir } = setup();
    await publishTo(host(), home);
    repository.git('update-ref', 'refs/sec/record/pages', 'refs/heads/main');
    await expect(host().state()).rejects.toMatchObject({ code: 'HOST_STATE_UNREADABLE' });
    const gone = gitHost({
      address: parseGitUrl(`git+file://${dir}/nowhere.git#pages`),
      client: 'kaldi',
      stateDir: join(dir, 'state'),
      clock: testClock,
      env: process.env,
      login: async () => ({}),
    });
    await expect(gone.state()).rejects.toMatchObject({ code: 'HOST_UNREACHABLE' });
  });

  it('belongs to one client, also after somebody deleted the branch', async () => {
    const { repository, host } = setup();
    await publishTo(host(), home);
    repository.git('update-ref', '-d', 'refs/heads/pages');
    await expect(publishTo(host(), release(home, 'rival'))).rejects.toMatchObject({
      code: 'HOST_OF_ANOTHER',
    });
    await publishTo(host(), home);
    expect(repository.files('pages')).toEqual(home);
  });

  it('runs no hook and no program that this computer’s configuration names', async () => {
    const dir = temporaryFolder();
    const trap = join(dir, 'trap');
    const sprung = join(dir, 'sprung');
    writeFileSync(trap, `#!/bin/sh\ntouch '${sprung}'\n`);
    chmodSync(trap, 0o755);
    mkdirSync(join(dir, 'home/hooks'), { recursive: true });
    for (const hook of ['pre-push', 'reference-transaction', 'post-index-change', 'post-checkout'])
      writeFileSync(join(dir, 'home/hooks', hook), `#!/bin/sh\ntouch '${sprung}'\n`, { mode: 0o755 });
    writeFileSync(
      join(dir, 'home/.gitconfig'),
      `[core]\nhooksPath = ${dir}/home/hooks\nfsmonitor = ${trap}\nsshCommand = ${trap}\n[credential]\nhelper = ${trap}\n` +
        '[url "ext::sh"]\ninsteadOf = file://\n',
    );
    const env = {
      PATH: process.env.PATH,
      HOME: join(dir, 'home'),
      GIT_SSH: trap,
      GIT_EXTERNAL_DIFF: trap,
      GIT_ASKPASS: trap,
      GIT_CONFIG_GLOBAL: join(dir, 'home/.gitconfig'),
    };
    const { repository, host } = setup(env);
    await publishTo(host(), home);
    expect(repository.files('pages')).toEqual(home);
    expect(existsSync(sprung)).toBe(false);
  });
});
