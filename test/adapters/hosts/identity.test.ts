import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ftpLogin } from '../../../src/adapters/hosts/ftp/login.ts';
import { ftpHost } from '../../../src/adapters/hosts/ftp.ts';
import { sftpLogin } from '../../../src/adapters/hosts/sftp/login.ts';
import { sftpHost } from '../../../src/adapters/hosts/sftp.ts';
import type { Secrets } from '../../../src/publish/index.ts';
import { type FtpServer, startFtpd } from '../../support/ftpd.ts';
import { isLeftOutWithout } from '../../support/programs.ts';
import { testClock } from '../../support/publish.ts';
import { freePort } from '../../support/server-process.ts';
import { makeKey, publicKey, type SshServer, startSshd } from '../../support/sshd.ts';

const patience = { silence: 20_000, waits: [] };
const noSsh = isLeftOutWithout('openssh-server', 'sshd', 'ssh-keygen');
const noFtp = isLeftOutWithout('proftpd-core proftpd-mod-crypto', 'proftpd', 'openssl');

describe.skipIf(noSsh)('who answers over SSH', { timeout: 90_000 }, () => {
  let dir: string;
  let server: SshServer;
  let url: string;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'sec-ssh-'));
    mkdirSync(join(dir, 'www'));
    server = await startSshd(dir, { config: ['LogLevel DEBUG1'] });
    url = `sftp://127.0.0.1:${server.port}${dir}/www`;
  });
  afterAll(async () => {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  const state = (secrets: Secrets, at = url) =>
    sftpHost(at, {
      clock: testClock,
      credentials: async () => secrets,
      patience,
      client: { name: 'kaldi' },
    }).state();

  it('gets no login where it shows another key than the one that was stored, or where none was', async () => {
    const { user, keyFile } = server;
    const other = publicKey(makeKey(dir, 'other'));
    for (const pin of [{ hostKey: other }, {}]) {
      const refused = await state({ user, keyFile, password: 'hunter2', ...pin }).catch((error) => error);
      expect(refused).toMatchObject({ code: 'HOST_IDENTITY_CHANGED', exitCode: 77 });
    }
    expect(server.log()).toContain('SSH2_MSG_KEXINIT sent');
    expect(server.log()).not.toMatch(/userauth-request|Failed|Accepted/);
  });

  it('is told apart from a host that refuses the login, and from none at all', async () => {
    const { user, hostKey, keyFile } = server;
    const known = { user, hostKey };
    expect(await state({ ...known, keyFile })).toEqual({ kind: 'absent' });
    await expect(state({ ...known, password: 'hunter2' })).rejects.toMatchObject({
      code: 'LOGIN_REFUSED',
      hint: expect.stringMatching(/sec login kaldi$/),
    });
    await expect(state({ ...known, keyFile: makeKey(dir, 'stranger') })).rejects.toThrow(
      /did not let|does not let/,
    );
    const nobody = `sftp://127.0.0.1:${await freePort()}/www`;
    await expect(state({ ...known, keyFile }, nobody)).rejects.toMatchObject({ code: 'HOST_UNREACHABLE' });
  });

  it('is shown before a login, which is then tried and leaves nothing behind', async () => {
    const login = sftpLogin(url, patience);
    const identity = await login.identify();
    expect(identity).toMatchObject({ what: 'SSH host key', pin: { hostKey: server.hostKey } });
    expect(identity?.fingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
    const { user, keyFile, hostKey } = server;
    await login.test({ user, keyFile, hostKey });
    await expect(login.test({ user: 'nobody-here', keyFile, hostKey })).rejects.toMatchObject({
      code: 'LOGIN_REFUSED',
    });
    await expect(
      sftpLogin(`sftp://127.0.0.1:${server.port}/no/where/www`, patience).test({ user, keyFile, hostKey }),
    ).rejects.toMatchObject({ code: 'HOST_FOLDER_MISSING' });
  });

  it('must have the web root, or the folder above it', async () => {
    const { user, keyFile, hostKey } = server;
    const nowhere = `sftp://127.0.0.1:${server.port}/no/where/www`;
    await expect(state({ user, keyFile, hostKey }, nowhere)).rejects.toMatchObject({
      code: 'HOST_FOLDER_MISSING',
    });
  });
});

describe.skipIf(noFtp)('who answers over FTP', { timeout: 90_000 }, () => {
  let dir: string;
  let server: FtpServer;
  let plain: FtpServer;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'sec-ftp-'));
    for (const name of ['tls', 'plain']) mkdirSync(join(dir, name));
    server = await startFtpd(join(dir, 'tls'));
    plain = await startFtpd(join(dir, 'plain'), { tls: 'none' });
    for (const { home } of [server, plain]) mkdirSync(join(home, 'www'));
  });
  afterAll(async () => {
    for (const one of [server, plain]) await one.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  const host = ({ port }: FtpServer, secrets: Secrets, plainFtp?: { agreed: string; by: string }) =>
    ftpHost(`ftp://127.0.0.1:${port}/www`, {
      clock: testClock,
      credentials: async () => secrets,
      plainFtp,
      patience,
    });

  it('gets no login without encryption, unless the client has agreed to that by now', async () => {
    const { user, password } = plain;
    const refused = { code: 'FTP_NOT_ENCRYPTED', exitCode: 77 };
    await expect(host(plain, { user, password }).state()).rejects.toMatchObject(refused);
    expect(() => host(plain, { user, password }, { agreed: '2027-01-01', by: 'Anna' })).toThrow(
      /offers no encryption/,
    );
    expect(plain.log()).not.toMatch(/USER|PASS/);
    const agreed = { agreed: '2026-02-28', by: 'Anna Berg' };
    expect(await host(plain, { user, password }, agreed).state()).toEqual({ kind: 'absent' });
  });

  it('gets no login where nobody vouches for its certificate, or it is another one than was stored', async () => {
    const { user, password } = server;
    const stranger = await startFtpd(mkdtempSync(join(dir, 'stranger-')));
    await stranger.stop();
    for (const pin of [{}, { certificate: stranger.certificate }])
      await expect(host(server, { user, password, ...pin }).state()).rejects.toMatchObject({
        code: 'HOST_IDENTITY_CHANGED',
        exitCode: 77,
      });
    expect(server.log()).not.toMatch(/USER|PASS/);
  });

  it('is shown before a login, which is then tried and leaves nothing behind', async () => {
    const login = ftpLogin(`ftp://127.0.0.1:${server.port}/www`, { clock: testClock, patience });
    const identity = await login.identify();
    expect(identity).toMatchObject({ what: 'TLS certificate' });
    const { user, password } = server;
    await login.test({ user, password, ...identity?.pin });
    const wrong = await login.test({ user, password: 'hunter3', ...identity?.pin }).catch((error) => error);
    expect(wrong).toMatchObject({ code: 'LOGIN_REFUSED' });
    expect(JSON.stringify([wrong.message, wrong.details, String(wrong.cause)])).not.toContain('hunter3');
  });
});
