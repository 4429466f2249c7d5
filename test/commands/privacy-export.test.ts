import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inWorkspace } from '../support/in-workspace.ts';
import { promoWorkspace, site } from '../support/promo-workspace.ts';

const anna = 'Anna.Ozola@example.org';

async function office() {
  const { dir, write } = promoWorkspace();
  write('sites/kaldi/site.yaml', `${site('Kaldi Coffee', 'kaldi')}locales: [lv, en]\n`);
  write('sites/dentist/site.yaml', site('Dentist', 'dentist'));
  write('people.csv', `email,first_name,note\n${anna},Anna,<b>fond & of "rye"\nzoe@example.com,Zoe,no-zoe\n`);
  write('bad.csv', `email,first_name\nzoe@example.com,Zoe\nnot an address,${anna}\nneither,Zoe Two\n`);
  write('teeth.csv', `email,first_name\n${anna},DENTAL\n`);
  const run = inWorkspace(dir);
  const json = async (...words: string[]) => (await run(...words, '--json')).json();
  await json(
    ...['list', 'import', 'kaldi', 'customers', 'people.csv', '--basis', 'consent', '--yes'],
    ...['--source', 'the counter', '--wording', 'Yes, write to me'],
  );
  await run('list', 'import', 'kaldi', 'customers', 'bad.csv', '--basis', 'customer', '--yes');
  await run('list', 'import', 'dentist', 'customers', 'teeth.csv', '--basis', 'customer', '--yes');
  await run('promo', 'send', 'kaldi', 'spring', '--list', 'customers', '--transport', 'outbox:out', '--yes');
  return { dir, run, json };
}

describe('sec privacy export', () => {
  it('tells all that is held of one person, and nothing of anybody else', async () => {
    const { json, run } = await office();
    const record = await json('privacy', 'export', 'kaldi', anna.toLowerCase());
    expect(record).toMatchObject({
      client: 'kaldi',
      business: 'Kaldi Coffee',
      address: anna.toLowerCase(),
      recipient: expect.stringMatching(/^[\w-]{22}$/),
      lists: [
        {
          list: 'customers',
          address: anna,
          fields: { first_name: 'Anna', note: '<b>fond & of "rye"' },
          evidence: [
            {
              basis: 'consent',
              source: 'the counter',
              wording: 'Yes, write to me',
              file: 'people.csv',
              sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
              line: 2,
            },
          ],
        },
      ],
      sends: [{ campaign: 'spring', state: 'accepted', address: anna }],
      events: [],
      rejected: [{ cells: { email: 'not an address', first_name: anna } }],
      suppressed: null,
      files: [],
    });
    expect(JSON.stringify(record)).not.toMatch(/zoe|dent/i);
    await run('list', 'suppress', 'kaldi', anna, '--reason', 'asked by phone');
    expect(await json('privacy', 'export', 'kaldi', anna)).toMatchObject({
      suppressed: { reason: 'asked by phone' },
    });
    expect((await run('privacy', 'export', 'kaldi', anna)).stdout).toContain('on 1 list: customers');
  });

  it('writes a page to hand over, in the language of the client, for its owner alone', async () => {
    const { dir, json, run } = await office();
    const out = join(dir, 'for-anna');
    const done = await json('privacy', 'export', 'kaldi', anna, '--out', out);
    expect(done.files).toHaveLength(2);
    const page = join(out, 'personal-data.html');
    const text = readFileSync(page, 'utf8');
    expect(statSync(page).mode & 0o777).toBe(0o600);
    expect(text).toContain('Ko mēs par jums glabājam');
    expect(text).toContain('&#60;b&#62;fond &#38; of &#34;rye&#34;');
    expect(text).not.toMatch(/zoe|dent|https?:/i);
    expect(JSON.parse(readFileSync(join(out, 'personal-data.json'), 'utf8'))).toMatchObject({
      client: 'kaldi',
    });

    const again = await run('privacy', 'export', 'kaldi', anna, '--out', out);
    expect([again.code, again.stderr]).toEqual([73, expect.stringContaining('is there already')]);
    expect((await run('privacy', 'export', 'kaldi', anna, '--out', out, '--yes', '--lang', 'en')).code).toBe(
      0,
    );
    expect(readFileSync(page, 'utf8')).toContain('What we hold about you');
  });

  it('says so where nothing is held, and refuses what is no address or lies in a website', async () => {
    const { dir, json, run } = await office();
    expect(await json('privacy', 'export', 'kaldi', 'nobody@example.com')).toMatchObject({
      lists: [],
      sends: [],
      events: [],
      rejected: [],
      suppressed: null,
    });
    expect((await run('privacy', 'export', 'kaldi', 'nobody@example.com')).stdout).toContain(
      'Nothing is held',
    );
    expect(await json('privacy', 'export', 'kaldi', 'nobody')).toMatchObject({
      error: { code: 'ADDRESS_INVALID' },
    });
    const inSite = await json('privacy', 'export', 'kaldi', anna, '--out', join(dir, 'sites/kaldi/static'));
    expect(inSite).toMatchObject({ error: { code: 'PLACE_LIVE' } });
    expect(JSON.stringify(inSite)).not.toMatch(/ozola/i);
  });

  it('reads reject files that were saved anew by a spreadsheet', async () => {
    const { dir, json } = await office();
    const folder = join(dir, '.sec/clients/dentist/rejects');
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'x.csv'),
      Buffer.from(
        `\ufeffline;reason;email\r\n3;no;"two\r\nlines ${anna}"\r\n4;no;other@example.com\r\n`,
        'utf16le',
      ),
    );
    const { rejected } = await json('privacy', 'export', 'dentist', anna);
    expect(rejected).toEqual([
      {
        file: '.sec/clients/dentist/rejects/x.csv',
        cells: { line: '3', reason: 'no', email: `two\r\nlines ${anna}` },
      },
    ]);
  });
});
