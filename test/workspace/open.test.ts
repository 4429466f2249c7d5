import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createClient, createWorkspace, openWorkspace } from '../../src/workspace/index.ts';
import { makeWorkspace } from '../campaign/workspace.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const office = { name: 'Office', email: 'office@example.com', timezone: 'Europe/Riga' };
const bakery = {
  name: 'Bakery: the best',
  url: 'https://bakery.example',
  locales: ['lv', 'en'],
  email: 'hi@bakery.example',
  address: 'Iela 1',
};

function newWorkspace() {
  const dir = temporaryFolder();
  createWorkspace(dir, office);
  return { dir, workspace: openWorkspace(dir) };
}

describe('openWorkspace', () => {
  it('finds sec.yaml from a folder below', () => {
    const { dir } = newWorkspace();
    mkdirSync(join(dir, 'sites/x/content'), { recursive: true });
    expect(openWorkspace(join(dir, 'sites/x/content')).root).toBe(dir);
  });

  it('does not look above a folder that was named', () => {
    const { dir } = newWorkspace();
    mkdirSync(join(dir, 'sites'));
    expect(() => openWorkspace('/', join(dir, 'sites'))).toThrow(
      expect.objectContaining({ code: 'WORKSPACE_NOT_FOUND' }),
    );
  });

  it('takes the minimal files of the contract exactly as they are written', () => {
    const { config, timezone } = openWorkspace(makeWorkspace()).client('kaldi');
    expect(timezone).toBe('Europe/Riga');
    expect(config).toMatchObject({
      name: 'Kaldi Coffee',
      build: 'builtin',
      policy: { sending: { hours: '00:00-24:00' } },
    });
  });

  it("gives a client that names no languages the office's", () => {
    const dir = temporaryFolder();
    const office = 'operator: {name: Office, email: office@example.com}\nlocale: lv\n';
    writeFileSync(join(dir, 'sec.yaml'), office);
    for (const [name, locales] of [
      ['plain', ''],
      ['own', 'locales: [en, lv]\n'],
    ] as const) {
      mkdirSync(join(dir, 'sites', name), { recursive: true });
      writeFileSync(join(dir, 'sites', name, 'site.yaml'), `name: N\nurl: https://n.example\n${locales}`);
    }
    const workspace = openWorkspace(dir);
    expect(workspace.client('plain').config.locales).toEqual(['lv']);
    expect(workspace.client('own').config.locales).toEqual(['en', 'lv']);
  });

  it('reads one client without the mistakes of another', () => {
    const { dir, workspace } = newWorkspace();
    createClient(workspace, 'bakery', bakery);
    mkdirSync(join(dir, 'sites/broken'));
    writeFileSync(join(dir, 'sites/broken/site.yaml'), 'name: [');
    expect(workspace.clientNames()).toEqual(['bakery', 'broken']);
    expect(workspace.client('bakery').config.name).toBe('Bakery: the best');
    expect(() => workspace.client('broken')).toThrow(/sites\/broken\/site\.yaml, line 1/);
  });

  it('names the near clients of a slip of the finger', () => {
    const { workspace } = newWorkspace();
    createClient(workspace, 'bakery', bakery);
    expect(() => workspace.client('bakeyr')).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('"bakery"') }),
    );
    expect(() => workspace.client('../bakery')).toThrow(expect.objectContaining({ code: 'CLIENT_UNKNOWN' }));
  });
});

describe('createClient', () => {
  it('refuses what cannot work and leaves nothing behind', () => {
    const { workspace } = newWorkspace();
    expect(() => createClient(workspace, 'bakery', { ...bakery, locales: ['Latvian'] })).toThrow(
      /locales\[0\]/,
    );
    expect(() => createClient(workspace, 'Ķiršu Kūka', bakery)).toThrow(
      expect.objectContaining({ hint: 'Try: kirsu-kuka' }),
    );
    expect(workspace.clientNames()).toEqual([]);
    createClient(workspace, 'bakery', bakery);
    expect(() => createClient(workspace, 'bakery', bakery)).toThrow(
      expect.objectContaining({ code: 'CLIENT_EXISTS' }),
    );
  });
});
