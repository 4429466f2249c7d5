import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { sealedVault } from '../../../src/adapters/vaults/sealed.ts';
import { createLists, createOffice } from '../../../src/cli/context/lists.ts';
import { removeVault, rotateVaults } from '../../../src/cli/context/vault-key.ts';
import { ciKey, recoverySheet } from '../../../src/cli/context/vault-sheet.ts';
import { keyFromRecoveryCode, keyToText } from '../../../src/vault/index.ts';
import { contextIn } from '../../support/context.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let root: string;
let vaults: string;
beforeEach(() => {
  root = join(temporaryFolder(), 'office');
  vaults = temporaryFolder();
  for (const name of ['kaldi', 'dentist']) {
    mkdirSync(join(root, 'sites', name), { recursive: true });
    writeFileSync(join(root, 'sites', name, 'site.yaml'), `name: ${name}\nurl: https://${name}.example\n`);
  }
  writeFileSync(join(root, 'sec.yaml'), 'operator: {name: Office, email: office@example.com}\n');
});

const passphrase = { SEC_VAULT_PASSPHRASE: 'a few words of ours' };
const open = (env: Record<string, string> = {}, name = 'kaldi', dir = root) => {
  const context = contextIn(dir, { SEC_VAULT_DIR: vaults, ...env });
  return { context, client: context.workspace().client(name) };
};
/** The key that the lists open with: what ids and sealing come from. */
async function keyWith(env: Record<string, string> = {}, name = 'kaldi', dir = root) {
  const { context, client } = open(env, name, dir);
  const store = await createLists(context, client);
  store.close();
  return Buffer.from(store.clientKey).toString('hex');
}
const keyFile = (name = 'kaldi') => join(root, '.sec/clients', name, 'lists.key');
const lost = expect.objectContaining({ code: 'LISTS_KEY_LOST' });
const accountKeys = () => join(vaults, 'list-keys');

describe('the key of a client’s lists', () => {
  it('lies sealed beside them, and what opens it outside the workspace', async () => {
    const key = await keyWith();
    const sealed = readFileSync(keyFile(), 'utf8');
    expect(sealed).not.toContain(keyToText(Buffer.from(key, 'hex')));
    expect(readdirSync(accountKeys())).toEqual([expect.stringMatching(/^kaldi-[0-9a-f]{16}\.key$/)]);
    expect(await keyWith()).toBe(key);
    expect(await keyWith({}, 'dentist')).not.toBe(key);
  });

  it('is lost with what opens it, and no other is made in its place', async () => {
    await keyWith();
    rmSync(accountKeys(), { recursive: true });
    await expect(keyWith()).rejects.toEqual(lost);
    await expect(keyWith()).rejects.toMatchObject({
      hint: expect.stringMatching(/sec vault restore kaldi.*SEC_VAULT_KEY_KALDI/),
    });
    rmSync(keyFile());
    await expect(keyWith()).rejects.toEqual(lost);
  });

  it('is not made anew where the lists are gone, and with them who wants no mail', async () => {
    await keyWith();
    rmSync(join(root, '.sec/clients/kaldi/lists.sqlite'));
    await expect(keyWith()).rejects.toMatchObject({ code: 'LISTS_BROKEN' });
  });

  it('of one client opens nothing of another, also where its files are put there', async () => {
    await keyWith();
    await keyWith({}, 'dentist');
    cpSync(keyFile('dentist'), keyFile());
    await expect(keyWith()).rejects.toEqual(lost);
    for (const name of readdirSync(accountKeys()).filter((one) => one.startsWith('dentist')))
      cpSync(join(accountKeys(), name), join(accountKeys(), name.replace('dentist', 'kaldi')));
    await expect(keyWith()).rejects.toEqual(lost);
  });

  it('is found when the workspace is moved', async () => {
    const [key, kept] = [await keyWith(), await keyWith(passphrase, 'dentist')];
    const moved = join(temporaryFolder(), 'elsewhere');
    renameSync(root, moved);
    expect(await keyWith({}, 'kaldi', moved)).toBe(key);
    expect(await keyWith(passphrase, 'dentist', moved)).toBe(kept);
  });

  it('of an earlier sec, in a plain file, is sealed at once', async () => {
    const plain = Buffer.alloc(32, 9);
    const { context, client } = open();
    mkdirSync(client.stateDir, { recursive: true });
    writeFileSync(keyFile(), plain);
    writeFileSync(join(client.stateDir, 'lists.sqlite'), '');
    const store = await createLists(context, client);
    store.close();
    expect(Buffer.from(store.clientKey)).toEqual(plain);
    expect(readFileSync(keyFile()).includes(plain)).toBe(false);
    expect(await keyWith()).toBe(plain.toString('hex'));
  });

  it('is made once by two that begin at the same time', async () => {
    const keys = await Promise.all([keyWith(), keyWith(), keyWith()]);
    expect(new Set(keys).size).toBe(1);
    expect(await keyWith()).toBe(keys[0]);
  });

  it('says plainly that its file is damaged', async () => {
    await keyWith();
    writeFileSync(keyFile(), '{"v":1}');
    await expect(keyWith()).rejects.toMatchObject({
      code: 'LISTS_KEY_LOST',
      message: expect.stringContaining('damaged'),
    });
  });
});

describe('with a vault', () => {
  it('is under the passphrase where one was chosen, from the next use on', async () => {
    const key = await keyWith();
    expect(await keyWith(passphrase)).toBe(key);
    rmSync(accountKeys(), { recursive: true });
    expect(await keyWith(passphrase)).toBe(key);
    await expect(keyWith()).rejects.toMatchObject({ code: 'VAULT_PASSPHRASE' });
    await expect(keyWith({ SEC_VAULT_PASSPHRASE: 'other words' })).rejects.toMatchObject({
      code: 'VAULT_LOCKED',
    });
  });

  it('opens with the code of the recovery sheet alone, on another computer', async () => {
    const key = await keyWith(passphrase);
    const { context, client } = open(passphrase);
    const sheet = await recoverySheet(context, client);
    const code =
      sheet
        .match(/^ {4}(.+)$/gm)
        ?.map((line) => line.trim())
        .join('-') ?? '';
    vaults = temporaryFolder();
    await expect(keyWith(passphrase)).rejects.toEqual(lost);
    const byHand = keyFromRecoveryCode(code);
    expect(await keyWith({ SEC_VAULT_KEY_KALDI: keyToText(byHand ?? Buffer.alloc(0)) })).toBe(key);
  });

  it('opens in CI with the key for CI, and another one does not', async () => {
    const key = await keyWith(passphrase);
    const { context, client } = open(passphrase);
    const { name, value } = await ciKey(context, client);
    vaults = temporaryFolder();
    expect(await keyWith({ [name]: value })).toBe(key);
    await expect(keyWith({ [name]: keyToText(Buffer.alloc(32, 1)) })).rejects.toEqual(lost);
  });

  it('goes with the vault when that gets a new key', async () => {
    const key = await keyWith(passphrase);
    const before = readFileSync(keyFile(), 'utf8');
    const { context, client } = open(passphrase);
    await rotateVaults(context, client);
    expect(readFileSync(keyFile(), 'utf8')).not.toBe(before);
    expect(await keyWith(passphrase)).toBe(key);
  }, 90_000);

  it('stays when the logins are forgotten, and the key to them', async () => {
    const key = await keyWith(passphrase);
    const { context, client } = open(passphrase);
    await removeVault(context, client);
    expect(await keyWith()).toBe(key);
  }, 90_000);

  it('keeps both keys until the lists are sealed under the new one', async () => {
    const kept: string[] = [];
    const keys = [Buffer.alloc(32, 1)];
    const vault = sealedVault({
      client: 'kaldi',
      folder: vaults,
      keeper: {
        where: 'here',
        keys: async () => keys,
        keep: async (one) => void keys.unshift(Buffer.from(one)),
        settle: async () => void kept.push('settled'),
        forget: async () => {},
      },
    });
    await vault.rotate(
      async (one) => void kept.push(Buffer.from(one).equals(keys[0] ?? one) ? 'lists' : '?'),
    );
    expect(kept).toEqual(['lists', 'settled']);
    expect(keys).toHaveLength(2);
  });
});

it('of the office is its own', async () => {
  const key = await keyWith();
  const { context } = open();
  const office = await createOffice(context);
  expect(Buffer.from(office.clientKey).toString('hex')).not.toBe(key);
  rmSync(accountKeys(), { recursive: true });
  await expect(createOffice(open().context)).rejects.toMatchObject({
    code: 'LISTS_KEY_LOST',
    message: expect.stringContaining('of the office'),
  });
});
