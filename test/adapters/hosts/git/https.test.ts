import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseGitUrl } from '../../../../src/adapters/hosts/git/address.ts';
import { gitHost } from '../../../../src/adapters/hosts/git.ts';
import { bareRepository } from '../../../support/bare-repository.ts';
import { selfSigned } from '../../../support/certificate.ts';
import { startGitServer } from '../../../support/git-over-https.ts';
import { isLeftOutWithout } from '../../../support/programs.ts';
import { publishTo, testClock } from '../../../support/publish.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const isLeftOut = isLeftOutWithout('git', 'git') || isLeftOutWithout('openssl', 'openssl');
const login = { user: 'git', password: 'canary-token' };

async function setup(moved?: { path: string; to: string }) {
  const dir = temporaryFolder();
  const certificate = selfSigned();
  writeFileSync(join(dir, 'ca.pem'), certificate.cert);
  const repository = bareRepository(join(dir, 'site.git'));
  const server = await startGitServer(dir, certificate, login, moved);
  onTestFinished(() => server.stop());
  const host = (
    https = login,
    env: NodeJS.ProcessEnv = { ...process.env, GIT_SSL_CAINFO: join(dir, 'ca.pem') },
  ) =>
    gitHost({
      address: parseGitUrl(`git+https://127.0.0.1:${server.port}/site.git#pages`),
      client: 'kaldi',
      stateDir: join(dir, 'state'),
      clock: testClock,
      env,
      login: async () => ({ https }),
    });
  return { repository, server, host };
}

const failure = async (work: Promise<unknown>) => {
  const error = await work.catch((thrown: unknown) => thrown);
  expect(String(error) + JSON.stringify(error)).not.toContain('canary');
  return error;
};

describe.skipIf(isLeftOut)('a branch behind https', { timeout: 120_000 }, () => {
  it('is published to with a token, and says so where it is refused', async () => {
    const { repository, host } = await setup();
    await publishTo(host(), { 'index.html': '1' });
    await publishTo(host(), { 'index.html': '2', 'a.html': 'a' });
    expect(repository.files('pages')).toEqual({ 'index.html': '2', 'a.html': 'a' });
    const refused = await failure(host({ ...login, password: 'canary-wrong' }).state());
    expect(refused).toMatchObject({ code: 'LOGIN_REFUSED' });
  });

  it('gets no token where nobody vouches for the certificate', async () => {
    const { server, host } = await setup();
    await failure(host(login, { PATH: process.env.PATH }).state());
    expect(server.authorizations).toEqual([]);
  });

  it('does not carry the token elsewhere where it is sent to', async () => {
    const thief = await setup();
    const { host } = await setup({ path: '/site.git', to: `https://127.0.0.1:${thief.server.port}` });
    const error = await failure(host().state());
    expect(error).toHaveProperty('code');
    expect(thief.server.authorizations).toEqual([]);
  });
});
