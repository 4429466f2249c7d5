import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkspace } from '../campaign/workspace.ts';
import { sec } from '../support/sec.ts';

const noBrowser = { PATH: '/nowhere' };

describe('sec promo preview --out', () => {
  it('writes the message as HTML and text', async () => {
    const cwd = makeWorkspace();
    const ran = await sec(['promo', 'preview', 'kaldi', 'spring', '--out', 'look', '--json'], {
      cwd,
      env: noBrowser,
    });
    expect(ran.json()).toMatchObject({
      client: 'kaldi',
      campaign: 'spring',
      languages: [{ language: 'en', subject: 'Spring blends, friend' }],
      files: expect.arrayContaining(['message.en.html', 'message.en.txt', 'message.en.eml']),
    });
    expect(readFileSync(join(cwd, 'look/message.en.html'), 'utf8')).toContain('Hello friend');
    expect(readFileSync(join(cwd, 'look/message.en.txt'), 'utf8')).toContain('Hello friend');
  });

  it('is readable by its owner alone, pictures too: somebody’s name is in them', async () => {
    const cwd = makeWorkspace();
    mkdirSync(join(cwd, 'look'));
    const ran = await sec(['promo', 'preview', 'kaldi', 'spring', '--out', 'look', '--json'], { cwd });
    const { files } = ran.json<{ files: string[] }>();
    for (const name of files)
      expect([name, statSync(join(cwd, 'look', name)).mode & 0o777]).toEqual([name, 0o600]);
  });

  it('shows it as a person on the list gets it, and never repeats an address that is not there', async () => {
    const cwd = makeWorkspace({ 'c.csv': 'First name,E-mail\nAnna,anna@example.com\nBen,ben@example.com\n' });
    await sec(['list', 'import', 'kaldi', 'customers', 'c.csv', '--basis', 'customer', '--yes'], { cwd });
    const ben = [
      'promo',
      'preview',
      'kaldi',
      'spring',
      '--out',
      'look',
      '--json',
      '--for',
      'Ben@example.com',
    ];
    expect((await sec(ben, { cwd, env: noBrowser })).json()).toMatchObject({
      languages: [{ subject: 'Spring blends, Ben' }],
    });
    const nobody = await sec([...ben.slice(0, -1), 'nobody@example.com'], { cwd, env: noBrowser });
    expect(nobody.json()).toMatchObject({ error: { code: 'PREVIEW_RECIPIENT_UNKNOWN' } });
    expect(nobody.stdout + nobody.stderr).not.toContain('nobody@');
  });

  it('needs a folder under --json', async () => {
    const ran = await sec(['promo', 'preview', 'kaldi', 'spring', '--json'], { cwd: makeWorkspace() });
    expect(ran.json()).toMatchObject({ error: { code: 'USAGE' } });
    expect(ran.code).toBe(2);
  });
});
