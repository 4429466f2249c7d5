import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { approvingOffice } from '../support/approval.ts';
import { sec } from '../support/sec.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type Env, secWith } from '../support/with-env.ts';

interface Result {
  readonly error?: { readonly code: string };
  readonly keys?: readonly string[];
  readonly kept?: string;
  readonly warnings?: readonly string[];
  readonly statement?: string;
  readonly requests?: readonly { readonly mail: { readonly text: string } }[];
}

/** An office on a computer of its own: what the environment says is all that can keep a key. */
function office() {
  const { cwd } = approvingOffice();
  const [settings, vaults] = [temporaryFolder(), temporaryFolder()];
  const passphrase = { SEC_VAULT_PASSPHRASE: 'four words and a bean' };
  const bare: Env = {
    SEC_KEYS: undefined,
    SEC_VAULT_PASSPHRASE: undefined,
    XDG_CONFIG_HOME: settings,
    SEC_VAULT_DIR: vaults,
    // No keychain answers here, whatever the computer that runs the tests has.
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent',
  };
  const run = async (env: Env, ...words: string[]) => {
    const { code, stdout } = await secWith({ ...bare, ...env }, [...words, '--workspace', cwd, '--json']);
    return { code, ...(JSON.parse(stdout) as Result) };
  };
  const ask = async (env: Env) => {
    const asked = await run(env, 'approval', 'request', 'kaldi', 'site', '--no-mail', '--yes');
    const code = /\b([2-9A-Z]{5}-){3}[2-9A-Z]{5}\b/.exec(asked.requests?.[0]?.mail.text ?? '')?.[0] ?? '';
    return { warnings: asked.warnings, code };
  };
  const signing = () => {
    const [workspace = ''] = readdirSync(vaults);
    return join(vaults, workspace, 'signing');
  };
  const approvals = join(cwd, 'sites/kaldi/approvals');
  return { cwd, bare, passphrase, settings, run, ask, signing, approvals };
}

describe('the key that signs approvals', () => {
  it('is encrypted, and no key for CI opens it', async () => {
    const { run, ask, passphrase, settings, signing } = office();
    const { code, warnings } = await ask(passphrase);
    expect(warnings).toEqual([]);
    expect(readdirSync(settings)).toEqual([]);
    expect(readdirSync(signing()).sort()).toEqual(['kaldi.key.age', 'kaldi.vault']);
    expect(readFileSync(join(signing(), 'kaldi.vault'), 'latin1')).not.toContain('PRIVATE');
    const ci = { SEC_VAULT_KEY_KALDI: randomBytes(32).toString('base64') };
    expect(await run(ci, 'approval', 'record', 'kaldi', code)).toMatchObject({
      code: 78,
      error: { code: 'APPROVAL_KEY_LOCKED' },
    });
    expect((await run(passphrase, 'approval', 'record', 'kaldi', code)).code).toBe(0);
    expect((await run(ci, 'site', 'publish', 'kaldi', '--require-approval', '--yes')).code).toBe(0);
  });

  it('is in a file only where nothing could keep a vault’s key, which is said, and moves as soon as something can', async () => {
    const { run, ask, passphrase, settings } = office();
    const { code, warnings } = await ask({});
    expect(warnings).toEqual([expect.stringContaining('not encrypted')]);
    const [file = ''] = readdirSync(join(settings, 'sec/keys'));
    expect(statSync(join(settings, 'sec/keys', file)).mode & 0o777).toBe(0o600);
    expect((await run({}, 'approval', 'key', 'kaldi')).kept).toContain('not encrypted');
    expect((await run(passphrase, 'approval', 'record', 'kaldi', code)).code).toBe(0);
    expect(readdirSync(join(settings, 'sec/keys'))).toEqual([]);
    expect((await run(passphrase, 'approval', 'key', 'kaldi')).kept).toContain('encrypted, under a key that');
    expect((await run({}, 'approval', 'verify', 'kaldi')).code).toBe(0);
  });

  it('is changed for another, under which everything holds that held, and nothing else', async () => {
    const { run, ask, passphrase, approvals } = office();
    const { code } = await ask(passphrase);
    const { statement } = await run(passphrase, 'approval', 'record', 'kaldi', code);
    const file = join(approvals, `${statement}.json`);
    const before = readFileSync(file);
    const [old] = (await run(passphrase, 'approval', 'key', 'kaldi')).keys ?? [];
    const { keys } = await run(passphrase, 'approval', 'key', 'kaldi', '--new', '--yes');
    expect(keys).toHaveLength(1);
    expect(keys).not.toContain(old);
    expect((await run({}, 'approval', 'verify', 'kaldi')).code).toBe(0);
    expect(await run(passphrase, 'approval', 'record', 'kaldi', code)).toMatchObject({ code: 0, statement });
    const renewed = readFileSync(file);
    writeFileSync(file, before);
    expect((await run({}, 'site', 'publish', 'kaldi', '--yes')).error?.code).toBe('APPROVAL_BROKEN');
    expect((await run(passphrase, 'approval', 'key', 'kaldi', '--new', '--yes')).error?.code).toBe(
      'APPROVAL_BROKEN',
    );
    writeFileSync(file, renewed);
    expect((await run({}, 'site', 'publish', 'kaldi', '--yes')).code).toBe(0);
  });

  it('comes back from paper where its passphrase is lost, or makes way for another', async () => {
    const { cwd, bare, run, ask, passphrase, signing } = office();
    const { code } = await ask(passphrase);
    const env = { ...bare, ...passphrase };
    const clean = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value ?? '']));
    const sheet = await secWith(env, ['vault', 'recovery', 'kaldi', '--workspace', cwd]);
    const [, part = ''] = sheet.stdout.split('The key that signs approvals:');
    const paper = /(?:[0-9A-Z]{4}[-\s]*){14}/.exec(part)?.[0] ?? '';
    rmSync(join(signing(), 'kaldi.key.age'));
    expect((await run(passphrase, 'approval', 'record', 'kaldi', code)).error?.code).toBe(
      'APPROVAL_KEY_LOCKED',
    );
    const restored = await sec(['vault', 'restore', 'kaldi', '--workspace', cwd], {
      env: clean,
      input: paper,
    });
    expect(restored).toMatchObject({ code: 0 });
    expect((await run(passphrase, 'approval', 'record', 'kaldi', code)).code).toBe(0);
    rmSync(join(signing(), 'kaldi.key.age'));
    expect((await run(passphrase, 'approval', 'key', 'kaldi', '--new', '--yes')).code).toBe(0);
    expect((await run(passphrase, 'site', 'publish', 'kaldi', '--yes')).code).toBe(0);
    await secWith(env, ['vault', 'remove', 'kaldi', '--signing-key', '--yes', '--workspace', cwd]);
    expect(existsSync(join(signing(), 'kaldi.vault'))).toBe(false);
  });
});
