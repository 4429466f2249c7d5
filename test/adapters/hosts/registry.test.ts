import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, openHost } from '../../../src/adapters/hosts/registry.ts';
import { testClock } from '../../support/publish.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const workspace = '/office/workspace';
const client = { name: 'kaldi', stateDir: '/office/workspace/.sec/clients/kaldi' };
const options = { workspace, clock: testClock, client, env: {}, credentials: async () => ({}) };

describe('a host URL', () => {
  it('says so for a kind that sec does not know, and never claims success', async () => {
    for (const url of ['gopher://x/y', 'public/kaldi', 'webdav:x'])
      expect(() => openHost(url, options)).toThrow(/cannot publish/);
  });

  it('is refused with a password in it, which no message repeats', () => {
    for (const url of ['sftp://anna:hunter2@web.example/www', 'ftp://:hunter2@web.example/', 'x://a:@b']) {
      expect(() => openHost(url, options)).toThrow(/holds a password/);
      expect(() => openHost(url, options)).not.toThrow(/hunter2/);
    }
  });

  it.each([
    ['file:public/kaldi', '/office/workspace/public/kaldi'],
    ['file:./public/kaldi/', '/office/workspace/public/kaldi'],
    ['file:/srv/www/kaldi', '/srv/www/kaldi'],
    ['file:///srv/www/kaldi', '/srv/www/kaldi'],
    ['file:../elsewhere', '/office/elsewhere'],
  ])('%s names %s', (url, folder) => expect(folderOf(url, workspace)).toBe(folder));

  it.each([
    'file:',
    'file:.',
    'file:..',
    'file:/',
    'file:/office',
    'file:sites',
    'file:sites/kaldi',
    'file:.sec/x',
  ])('%s is refused: the workspace is not a web root', (url) =>
    expect(() => folderOf(url, workspace)).toThrow(/cannot be the website’s folder|cannot be the website's/),
  );

  it('is refused where a link leads into the workspace’s own folders', () => {
    const office = temporaryFolder();
    for (const own of ['sites/kaldi', '.sec/clients']) mkdirSync(join(office, own), { recursive: true });
    symlinkSync('sites', join(office, 'www'));
    symlinkSync('.sec', join(office, 'public'));
    symlinkSync('.', join(office, 'here'));
    for (const url of [
      'file:www/kaldi',
      'file:www/new',
      'file:public/kaldi',
      'file:public',
      'file:here',
      'file:here/sites',
    ])
      expect(() => folderOf(url, office), url).toThrow(/cannot be the website/);
  });
});
