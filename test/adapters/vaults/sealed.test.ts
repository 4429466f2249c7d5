import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { vaultFolder } from '../../../src/adapters/vaults/folder.ts';
import { environmentKeeper } from '../../../src/adapters/vaults/keepers/environment.ts';
import { passphraseKeeper } from '../../../src/adapters/vaults/keepers/passphrase.ts';
import { sealedVault } from '../../../src/adapters/vaults/sealed.ts';
import { type KeyKeeper, keyToText, type VaultKey } from '../../../src/vault/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Keeps keys in memory; can be told to die at its next words. */
class FakeKeeper implements KeyKeeper {
  readonly where = 'in memory';
  held: VaultKey[] = [];
  dies: 'settle' | undefined;
  async keys() {
    return this.held;
  }
  async keep(key: VaultKey) {
    this.held = [key, ...this.held];
  }
  async settle(key: VaultKey) {
    if (this.dies === 'settle') throw new Error('killed');
    this.held = [key];
  }
  async forget() {
    this.held = [];
  }
}

function vaultFor(client = 'kaldi', folder = join(temporaryFolder(), 'vaults'), keeper = new FakeKeeper()) {
  return {
    vault: sealedVault({ client, folder, keeper }),
    folder,
    keeper,
    file: join(folder, `${client}.vault`),
  };
}

describe('a client’s vault', () => {
  it('keeps logins in a file that only its owner may read, and tells nothing', async () => {
    const { vault, file } = vaultFor();
    expect(await vault.names()).toEqual([]);
    await vault.store('host', { user: 'web', password: 'hunter2' });
    await vault.store('sendgrid', { token: 'SG.x' });
    expect(await vault.read('host')).toEqual({ user: 'web', password: 'hunter2' });
    expect(await vault.read('constructor')).toBeUndefined();
    expect(await vault.names()).toEqual(['host', 'sendgrid']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'latin1')).not.toMatch(/hunter2|sendgrid|web/);
    expect([await vault.forget('host'), await vault.forget('host')]).toEqual([true, false]);
  });

  it('is no other client’s, even under the same key', async () => {
    const { vault, folder, keeper, file } = vaultFor();
    await vault.store('host', { password: 'hunter2' });
    writeFileSync(join(folder, 'dentist.vault'), readFileSync(file), { mode: 0o600 });
    const other = sealedVault({ client: 'dentist', folder, keeper });
    await expect(other.read('host')).rejects.toMatchObject({ code: 'VAULT_LOCKED' });
    await expect(other.store('host', {})).rejects.toMatchObject({ code: 'VAULT_LOCKED' });
  });

  it('is never begun anew over one that does not open', async () => {
    const { vault, keeper, file } = vaultFor();
    await vault.store('host', { password: 'hunter2' });
    const before = readFileSync(file);
    keeper.held = [];
    await expect(vault.store('host', {})).rejects.toMatchObject({ code: 'VAULT_LOCKED' });
    keeper.held = [randomBytes(32)];
    await expect(vault.forget('host')).rejects.toMatchObject({ code: 'VAULT_LOCKED' });
    expect(readFileSync(file)).toEqual(before);
    writeFileSync(file, 'rubbish');
    await expect(vault.read('host')).rejects.toMatchObject({ code: 'VAULT_UNREADABLE' });
  });

  it('is refused while others may read its file', async () => {
    const { vault, file } = vaultFor();
    await vault.store('host', { password: 'hunter2' });
    chmodSync(file, 0o644);
    await expect(vault.read('host')).rejects.toMatchObject({ code: 'VAULT_UNREADABLE' });
  });

  it('takes over what an earlier sec kept unencrypted, and leaves nothing of it', async () => {
    const { vault, folder } = vaultFor();
    mkdirSync(folder, { recursive: true });
    const old = { v: 1, client: 'kaldi', entries: { host: { password: 'hunter2' } } };
    writeFileSync(join(folder, 'kaldi.json'), JSON.stringify(old), { mode: 0o600 });
    expect(await vault.read('host')).toEqual({ password: 'hunter2' });
    await vault.store('mail', { password: 'x' });
    expect(readdirSync(folder)).toEqual(['kaldi.vault']);
    expect(await vault.names()).toEqual(['host', 'mail']);
  });

  it('opens after a new key, also where the change was cut off', async () => {
    const { vault, keeper } = vaultFor();
    await vault.store('host', { password: 'hunter2' });
    const [first] = keeper.held;
    keeper.dies = 'settle';
    await expect(vault.rotate()).rejects.toThrow('killed');
    expect(await vault.read('host')).toEqual({ password: 'hunter2' });
    keeper.dies = undefined;
    await vault.rotate();
    expect(keeper.held).toHaveLength(1);
    expect(keeper.held).not.toContain(first);
    expect(await vault.read('host')).toEqual({ password: 'hunter2' });
  });

  it('opens with a key from paper, and takes no wrong one', async () => {
    const { vault, keeper } = vaultFor();
    await vault.store('host', { password: 'hunter2' });
    const key = await vault.key();
    keeper.held = [];
    await expect(vault.restore(randomBytes(32))).rejects.toMatchObject({ code: 'VAULT_LOCKED' });
    await vault.restore(key);
    expect(await vault.read('host')).toEqual({ password: 'hunter2' });
  });

  it('goes without a trace', async () => {
    const { vault, keeper, folder } = vaultFor();
    await vault.store('host', { password: 'hunter2' });
    await vault.remove();
    expect([readdirSync(folder), keeper.held, await vault.names()]).toEqual([[], [], []]);
  });
});

describe('a passphrase', () => {
  const open = (folder: string, words: string) =>
    sealedVault({
      client: 'kaldi',
      folder,
      keeper: passphraseKeeper({ client: 'kaldi', folder, ask: async () => words, workFactor: 10 }),
    });

  it('opens the vault, and no other does', async () => {
    const folder = join(temporaryFolder(), 'vaults');
    await open(folder, 'four words and a bean').store('host', { password: 'hunter2' });
    expect(readFileSync(join(folder, 'kaldi.key.age'), 'utf8')).toMatch(
      /^-----BEGIN AGE ENCRYPTED FILE-----/,
    );
    expect(statSync(join(folder, 'kaldi.key.age')).mode & 0o777).toBe(0o600);
    expect(await open(folder, 'four words and a bean').read('host')).toEqual({ password: 'hunter2' });
    await expect(open(folder, 'four words and a pea').read('host')).rejects.toMatchObject({
      code: 'VAULT_LOCKED',
    });
    await open(folder, 'four words and a bean').rotate();
    expect(await open(folder, 'four words and a bean').read('host')).toEqual({ password: 'hunter2' });
  });
});

describe('the environment', () => {
  const key = keyToText(randomBytes(32));

  it('opens one client’s vault alone', async () => {
    const folder = temporaryFolder();
    const env = { SEC_VAULT_KEY_RUDZU_PE: key };
    expect(environmentKeeper(env, 'rudzu')).toBeUndefined();
    const keeper = environmentKeeper(env, 'rudzu-pe');
    if (!keeper) throw new Error('There is a key.');
    const vault = sealedVault({ client: 'rudzu-pe', folder, keeper });
    await vault.store('host', { password: 'hunter2' });
    expect(await vault.read('host')).toEqual({ password: 'hunter2' });
    await expect(vault.rotate()).rejects.toMatchObject({ code: 'VAULT_NO_KEEPER' });
    expect(existsSync(join(folder, 'rudzu-pe.key.age'))).toBe(false);
  });

  it('is told when it holds no key, without showing it', () => {
    const wrong = () => environmentKeeper({ SEC_VAULT_KEY_KALDI: 'hunter2' }, 'kaldi');
    expect(wrong).toThrow(expect.objectContaining({ code: 'VAULT_LOCKED' }));
    expect(wrong).not.toThrow(/hunter2/);
  });
});

it('has a folder for each workspace, outside of it', () => {
  const env = { SEC_VAULT_DIR: '/vaults' };
  const [one, other] = ['/office/a', '/office/b'].map((place) => vaultFolder(env, place));
  expect(one).toMatch(/^\/vaults\/a-[0-9a-f]{12}$/);
  expect(other).not.toBe(one);
  expect(vaultFolder({ XDG_DATA_HOME: '/data' }, '/office/a')).toMatch(/^\/data\/sec\/vaults\//);
  expect(vaultFolder({ XDG_DATA_HOME: 'relative' }, '/office/a')).not.toContain('relative');
});
