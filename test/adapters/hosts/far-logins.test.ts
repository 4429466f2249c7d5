import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hostLogin, openHost } from '../../../src/adapters/hosts/registry.ts';
import { bareRepository } from '../../support/bare-repository.ts';
import { startNetlify } from '../../support/netlify-endpoint.ts';
import { isLeftOutWithout } from '../../support/programs.ts';
import { publishTo, testClock } from '../../support/publish.ts';
import { makeKey, startSshd } from '../../support/sshd.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startS3, versitygw } from '../../support/versitygw.ts';

const home = { 'index.html': 'home' };
const program = versitygw();
const hasNoSsh = isLeftOutWithout('openssh-server', 'sshd') || isLeftOutWithout('rsync', 'rsync');

/** Opens a host as the command line does, with what a login has stored. */
function wiring(env: NodeJS.ProcessEnv = { PATH: process.env.PATH }) {
  const dir = temporaryFolder();
  const client = { name: 'kaldi', stateDir: join(dir, 'state') };
  const options = { workspace: dir, clock: testClock, client, env };
  const open = (url: string, secrets: Record<string, string>) =>
    openHost(url, { ...options, credentials: async () => secrets });
  return { dir, open, login: (url: string) => hostLogin(url, options) };
}

describe('the login of a host', () => {
  it.skipIf(program === undefined)('is tried on an object store, and leaves nothing there', async () => {
    const server = await startS3(program ?? '');
    onTestFinished(() => server.stop());
    const bucket = await server.bucket('kaldi');
    const url = `s3://kaldi/www?endpoint=${server.endpoint}`;
    const { login, open } = wiring();
    const asked = await login(url);
    expect(asked?.questions.map(({ key, isSecret }) => [key, isSecret])).toEqual([
      ['accessKeyId', false],
      ['secretAccessKey', true],
    ]);
    await asked?.test(server.keys);
    expect(await bucket.texts()).toEqual({});
    const wrong = asked?.test({ ...server.keys, secretAccessKey: 'canary' });
    await expect(wrong).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
    await publishTo(await open(url, server.keys), home);
    expect((await bucket.texts())['www/index.html']).toBe('home');
  });

  it('is tried on Netlify, and changes nothing there', async () => {
    const endpoint = await startNetlify();
    onTestFinished(() => endpoint.stop());
    const { login } = wiring({ NETLIFY_API_URL: endpoint.api });
    const asked = await login(`netlify:${endpoint.site}`);
    await asked?.test({ token: endpoint.token });
    await expect(asked?.test({ token: 'canary' })).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
    expect(endpoint.publishedId()).toBeUndefined();
  });

  it.skipIf(hasNoSsh)(
    'is tried over SSH with rsync and git, once the key was confirmed',
    async () => {
      const { dir, login, open } = wiring();
      const sshd = await startSshd(dir);
      onTestFinished(() => sshd.stop());
      mkdirSync(join(dir, 'far'));
      const repository = bareRepository(join(dir, 'site.git'));
      const at = `${sshd.user}@127.0.0.1:${sshd.port}`;
      const stranger = makeKey(dir, 'stranger');
      for (const url of [`rsync://${at}${dir}/far/www`, `git+ssh://${at}${repository.path}#pages`]) {
        const asked = await login(url);
        const identity = await asked?.identify();
        expect(identity?.pin).toEqual({ hostKey: sshd.hostKey });
        expect(identity?.fingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
        const secrets = { ...identity?.pin, keyFile: sshd.keyFile };
        await asked?.test(secrets);
        await expect(asked?.test({ ...secrets, keyFile: stranger })).rejects.toMatchObject({
          code: 'LOGIN_REFUSED',
        });
        await expect(asked?.test({ keyFile: sshd.keyFile })).rejects.toMatchObject({
          code: 'HOST_IDENTITY_UNKNOWN',
        });
        await publishTo(await open(url, secrets), home);
      }
      expect(readdirSync(join(dir, 'far/www'))).toEqual(['index.html']);
      expect(repository.files('pages')).toEqual(home);
      expect(repository.git('for-each-ref', 'refs/sec/login')).toBe('');
    },
    120_000,
  );
});
