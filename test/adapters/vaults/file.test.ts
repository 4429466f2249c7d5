import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileVault, vaultFolder } from '../../../src/adapters/vaults/file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('the vault in a file', () => {
  it('gives back what was stored, to the client that stored it and to no other', async () => {
    const folder = join(temporaryFolder(), 'vault');
    const kaldi = fileVault({ client: 'kaldi', folder });
    await kaldi.store('host', { user: 'anna', password: 'hunter2' });
    await kaldi.store('sender', { key: 'k' });
    expect(await kaldi.read('host')).toEqual({ user: 'anna', password: 'hunter2' });
    expect(await kaldi.names()).toEqual(['host', 'sender']);
    const liepa = fileVault({ client: 'liepa', folder });
    expect(await liepa.read('host')).toBeUndefined();
    expect(await liepa.names()).toEqual([]);
    expect(await kaldi.forget('host')).toBe(true);
    expect(await kaldi.forget('host')).toBe(false);
    expect(await kaldi.read('host')).toBeUndefined();
    expect(await kaldi.read('constructor')).toBeUndefined();
  });

  it('lets only its owner read the file, and says that it is not encrypted', async () => {
    const folder = join(temporaryFolder(), 'vault');
    const vault = fileVault({ client: 'kaldi', folder });
    await vault.store('host', { password: 'hunter2' });
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual([0o600]);
    expect(vault.kept).toContain('not encrypted');
  });

  it('refuses a file that others may read, one that is damaged, and one of another client', async () => {
    const folder = temporaryFolder();
    const vault = fileVault({ client: 'kaldi', folder });
    await vault.store('host', { password: 'hunter2' });
    const file = join(folder, 'kaldi.json');
    writeFileSync(join(folder, 'liepa.json'), readFileSync(file), { mode: 0o600 });
    await expect(fileVault({ client: 'liepa', folder }).read('host')).rejects.toThrow(/another client/);
    chmodSync(file, 0o640);
    await expect(vault.read('host')).rejects.toThrow(/other users/);
    chmodSync(file, 0o600);
    writeFileSync(file, '{');
    await expect(vault.store('host', {})).rejects.toMatchObject({ code: 'VAULT_UNREADABLE' });
    expect(readFileSync(file, 'utf8')).toBe('{');
  });

  it('lies outside the workspace, one folder for each', () => {
    const env = { SEC_VAULT_DIR: '/vaults' };
    const [one, other] = ['/office/a', '/office/b'].map((place) => vaultFolder(env, place));
    expect(one).toMatch(/^\/vaults\/a-[0-9a-f]{12}$/);
    expect(other).not.toBe(one);
    expect(vaultFolder({ XDG_DATA_HOME: '/data' }, '/office/a')).toMatch(/^\/data\/sec\/vaults\//);
    expect(vaultFolder({ XDG_DATA_HOME: 'relative' }, '/office/a')).not.toContain('relative');
  });
});
