import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FtpServer, startFtpd } from '../support/ftpd.ts';
import { filesIn, kaldiWorkspace } from '../support/kaldi.ts';
import { isLeftOutWithout } from '../support/programs.ts';
import { sec } from '../support/sec.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { secInTerminal } from '../support/terminal.ts';

const isLeftOut = isLeftOutWithout('proftpd-core proftpd-mod-crypto', 'proftpd', 'openssl');

const hasNoTerminal = isLeftOutWithout('bsdutils', 'script');

interface Failure {
  readonly error: { code: string; message: string; hint: string; details: { fingerprint?: string } };
}

describe.skipIf(isLeftOut)('sec login', { timeout: 240_000 }, () => {
  let dir: string;
  let server: FtpServer;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'sec-login-'));
    server = await startFtpd(dir);
    mkdirSync(join(server.home, 'www'));
  });
  afterAll(async () => {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('stores a login that was tried, with which a site is published; nothing secret is ever shown', async () => {
    const cwd = kaldiWorkspace({ host: `ftp://kaldi@127.0.0.1:${server.port}/www` });
    const env = { SEC_VAULT_DIR: temporaryFolder(), SEC_VAULT_PASSPHRASE: 'a few words of ours' };
    const shown: string[] = [];
    const run = async (words: string[], input = '') => {
      const ran = await sec([...words, '--json'], { cwd, env, input });
      shown.push(ran.stdout, ran.stderr);
      return ran;
    };
    const missing = await run(['site', 'publish', 'kaldi']);
    expect(missing.json<Failure>().error).toMatchObject({ code: 'LOGIN_MISSING' });
    expect(missing.json<Failure>().error.hint).toContain('sec login kaldi');

    const { password } = server;
    const unknown = await run(['login', 'kaldi'], JSON.stringify({ password }));
    const { code, details, hint } = unknown.json<Failure>().error;
    expect(code).toBe('LOGIN_IDENTITY_UNKNOWN');
    expect(hint).toContain('"certificate"');
    expect(server.log()).not.toMatch(/USER|PASS/);

    const certificate = details.fingerprint ?? '';
    const typo = await run(['login', 'kaldi'], JSON.stringify({ pasword: password, certificate }));
    expect(typo.json<Failure>().error.code).toBe('LOGIN_INPUT_INVALID');
    const stored = await run(['login', 'kaldi'], JSON.stringify({ password, certificate }));
    expect(stored.json()).toMatchObject({
      client: 'kaldi',
      what: 'host',
      host: `ftp://127.0.0.1:${server.port}/www`,
      stored: ['certificate', 'password', 'user'],
      applied: true,
    });
    const published = await run(['site', 'publish', 'kaldi']);
    expect(published.code, published.stdout).toBe(0);
    expect(readFileSync(join(server.home, 'www/about/index.html'), 'utf8')).toContain('We roast.');
    expect(Object.keys(filesIn(server.home, 'www'))).not.toContain('.sec');
    expect(shown.join('')).not.toContain('hunter2');

    expect((await run(['login', 'kaldi', '--forget'])).json()).toMatchObject({ forgotten: true });
    expect((await run(['site', 'status', 'kaldi'])).json<Failure>().error.code).toBe('LOGIN_MISSING');
  });

  it.skipIf(hasNoTerminal)(
    'shows a person who answers, asks for what is needed, and never shows the password',
    async () => {
      const cwd = kaldiWorkspace({ host: `ftp://kaldi@127.0.0.1:${server.port}/www` });
      const env = { SEC_VAULT_DIR: temporaryFolder(), SEC_VAULT_PASSPHRASE: 'a few words of ours' };
      const logIn = async (password: string) => {
        const terminal = secInTerminal(['login', 'kaldi'], { cwd, env });
        const asked = await terminal.sees(/Is it the one[^?]*\?/);
        expect(asked).toMatch(/TLS certificate\s+SHA256:/);
        terminal.types('y');
        expect(await terminal.sees(/User name[^?]*\?/)).toBeDefined();
        terminal.types('');
        await terminal.sees(/Password\?/);
        terminal.types(password);
        return terminal.end;
      };
      const wrong = await logIn('mistyped');
      expect(wrong.code).toBe(69);
      expect(wrong.shown).toMatch(/does not accept the user with this password. Nothing was stored/);
      const right = await logIn(server.password);
      expect(right.code, right.shown).toBe(0);
      expect(right.shown).toContain('lets sec in');
      expect(right.shown).toContain('sec site publish kaldi --dry-run');
      expect(wrong.shown + right.shown).not.toMatch(/hunter2|mistyped/);
    },
  );

  it.skipIf(hasNoTerminal)('sends nothing where a person does not know who answers', async () => {
    const cwd = kaldiWorkspace({ host: `ftp://kaldi@127.0.0.1:${server.port}/www` });
    const before = server.log();
    const terminal = secInTerminal(['login', 'kaldi'], { cwd, env: { SEC_VAULT_DIR: temporaryFolder() } });
    await terminal.sees(/Is it the one[^?]*\?/);
    terminal.types('n');
    expect((await terminal.end).code).toBe(130);
    expect(server.log().slice(before.length)).not.toMatch(/USER|PASS/);
  });

  it('takes no word of the command line from the input', async () => {
    const cwd = kaldiWorkspace({ host: `ftp://kaldi@127.0.0.1:${server.port}/www` });
    const ran = await sec(['login', '--json'], { cwd, input: '{"password": "hunter2"}' });
    expect(ran.json<Failure>().error.code).toBe('WORD_MISSING');
    expect(ran.stdout + ran.stderr).not.toContain('hunter2');
  });

  it('is not needed for a folder of this computer', async () => {
    const ran = await sec(['login', 'kaldi', '--json'], { cwd: kaldiWorkspace(), input: '{}' });
    expect(ran.json<Failure>().error.code).toBe('LOGIN_NOT_NEEDED');
  });
});
