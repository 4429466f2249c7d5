import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addClient, filesIn, kaldiWorkspace } from '../support/kaldi.ts';
import { customers, promoWorkspace } from '../support/promo-workspace.ts';
import { type Ran, sec } from '../support/sec.ts';

const codeOf = (ran: Ran) => ran.json<{ error?: { code: string } }>().error?.code;

describe('the folder of a live website', () => {
  it('is reached by publishing alone, so that no command goes round the client’s approval', async () => {
    const cwd = kaldiWorkspace({ policy: '{approval: {site: required}}' });
    const run = (...words: string[]) => sec([...words, '--json'], { cwd });
    mkdirSync(join(cwd, 'links'));
    symlinkSync('../public', join(cwd, 'links/way'));
    for (const out of ['public/kaldi', 'public/kaldi/sub', 'public', 'public/.kaldi.sec', 'links/way/kaldi'])
      expect({ out, code: codeOf(await run('site', 'build', 'kaldi', '--out', out)) }).toEqual({
        out,
        code: 'PLACE_LIVE',
      });
    expect(filesIn(cwd, 'public')).toEqual({});
    expect((await run('site', 'build', 'kaldi', '--out', 'look')).code).toBe(0);
  });

  it('takes neither mails nor lists nor previews: whoever is in them would be on the web', async () => {
    const { dir, write } = promoWorkspace({ people: 3 });
    const run = (...words: string[]) => sec([...words, '--json'], { cwd: dir });
    write('sites/other/site.yaml', 'name: Other\nurl: https://other.example\nhost: file:www/other\n');
    const csv = ['--csv', 'customers.csv', '--basis', 'customer', '--yes'];
    for (const place of ['www/other/mails', 'sites/kaldi/static'])
      expect(
        codeOf(await run('promo', 'send', 'kaldi', 'spring', ...csv, '--transport', `outbox:${place}`)),
      ).toBe('PLACE_LIVE');
    expect((await run('promo', 'status', 'kaldi', 'spring')).json()).toMatchObject({ state: 'unsent' });
    const preview = await run('promo', 'preview', 'kaldi', 'spring', '--out', 'www/other');
    expect(codeOf(preview)).toBe('PLACE_LIVE');
    await run('list', 'import', 'kaldi', 'customers', 'customers.csv', '--basis', 'customer', '--yes');
    for (const out of ['www/other/list.csv', 'sites/kaldi/static/list.csv'])
      expect(codeOf(await run('list', 'export', 'kaldi', 'customers', '--out', out))).toBe('EXPORT_PUBLIC');
    expect(filesIn(dir, 'www')).toEqual({});
  });
});

describe('two clients', () => {
  it('never share a folder, whatever links and spellings lead to it', async () => {
    const cwd = kaldiWorkspace();
    const publish = (client: string) => sec(['site', 'publish', client, '--json'], { cwd });
    expect((await publish('kaldi')).code).toBe(0);
    const before = filesIn(cwd, 'public/kaldi');
    symlinkSync('kaldi', join(cwd, 'public/liepa'));
    symlinkSync('public', join(cwd, 'www'));
    for (const host of ['public/liepa', 'www/kaldi', 'public/.kaldi.sec/releases', 'public/Kaldi']) {
      addClient(cwd, { client: 'liepa', host: `file:${host}` });
      expect({ host, code: codeOf(await publish('liepa')) }).toEqual({ host, code: 'HOST_FOLDER_UNSAFE' });
    }
    expect(filesIn(cwd, 'public/kaldi')).toEqual(before);
  });

  it('never send to a list that a link fetches from the other’s folder', async () => {
    const { dir, write } = promoWorkspace({ people: 1 });
    write('sites/molen/site.yaml', 'name: De Molen\nurl: https://molen.example\n');
    write('.sec/clients/molen/rejects/old.csv', customers(2));
    symlinkSync(join(dir, '.sec/clients/molen/rejects/old.csv'), join(dir, 'mine.csv'));
    writeFileSync(join(dir, 'own.csv'), customers(2));
    const send = (csv: string) =>
      sec(
        [
          'promo',
          'send',
          'kaldi',
          'spring',
          '--csv',
          csv,
          '--basis',
          'customer',
          '--transport',
          'outbox:out',
          '--dry-run',
          '--json',
        ],
        { cwd: dir },
      );
    expect(codeOf(await send('mine.csv'))).toBe('CSV_OTHER_CLIENT');
    expect((await send('own.csv')).code).toBe(0);
  });
});
