import { describe, expect, it } from 'vitest';
import { checkList } from '../../src/audience/check-list.ts';
import { exportLines } from '../../src/audience/export-list.ts';
import { findList } from '../../src/audience/list-source.ts';
import { summariseList } from '../../src/audience/list-summary.ts';
import { recipientId } from '../../src/audience/recipient-id.ts';
import { likelyDomain } from '../../src/audience/typo-domains.ts';
import { importText, temporaryStore } from './helpers.ts';

async function storeOf(text: string) {
  const store = temporaryStore();
  await importText(store, text);
  return findList(store, 'kaldi', 'customers');
}

describe('checkList', () => {
  it('has nothing to say about a clean list', async () => {
    const found = await storeOf('email;name\na@x.example;Anna\n');
    expect(checkList(found)).toEqual([]);
  });

  it('names lines and numbers, and no address', async () => {
    const found = await storeOf(
      'email;name;Valoda\na@x.example;Anna;lv\nb1@gmial.com;B;lv\nb2@gmial.com;;lv\ninfo@x.example;JÄ\u0081nis;marsiešu\n',
    );
    const problems = checkList(found);
    expect(problems.map(({ rule, severity, line }) => [rule, severity, line])).toEqual([
      ['damaged-letters', 'error', 5],
      ['likely-typo', 'warning', 3],
      ['role-address', 'warning', 5],
      ['language-unknown', 'warning', 5],
      ['field-gaps', 'warning', undefined],
    ]);
    expect(problems[1]?.message).toBe('2 recipients at "gmial.com", which looks like a slip of "gmail.com"');
    expect(JSON.stringify(problems)).not.toMatch(/b1|info@x|JÄ/);
  });

  it('notices a list of two bases', async () => {
    const { store } = await storeOf('email\na@x.example\n');
    await importText(store, 'email\nb@x.example\n', { basis: 'customer' });
    expect(checkList(findList(store, 'kaldi', 'customers'))).toMatchObject([{ rule: 'basis-mixed' }]);
  });

  it.each(['gmial.com', 'gmail.con', 'gmai.com', 'gmaill.com', 'inbxo.lv', 'apolo.lv', 'hotmial.com'])(
    'takes %s for a slip',
    (domain) => expect(likelyDomain(domain)).toBeDefined(),
  );
  it.each([
    'gmail.com',
    'mail.com',
    'email.com',
    'inbox.ru',
    'ome.lv',
    'kaldi.example',
    'gmx.at',
    'example.com',
  ])('takes %s as meant', (domain) => expect(likelyDomain(domain)).toBeUndefined());
});

describe('what is shown and exported', () => {
  it('counts columns, domains and who is suppressed, and exports the others', async () => {
    const found = await storeOf('email;name;lang\na@x.example;=A;EN\nb@x.example;;lv\nc@y.example;"C;c";\n');
    found.store.suppression.add(
      recipientId(found.store.clientKey, 'b@x.example'),
      Temporal.Instant.from('2026-02-01T00:00:00Z'),
      undefined,
    );
    expect(summariseList(found)).toMatchObject({
      recipients: 3,
      suppressed: 1,
      columns: [
        { name: 'name', filled: 2, empty: 1 },
        { name: 'language', filled: 2, empty: 1 },
      ],
      domains: [
        { domain: 'x.example', recipients: 2 },
        { domain: 'y.example', recipients: 1 },
      ],
    });
    expect(Object.fromEntries(summariseList(found).languages)).toEqual({ en: 1, lv: 1 });
    const text = [...exportLines(found)].join('');
    expect(text).toBe(`email;name;language\r\na@x.example;'=A;EN\r\nc@y.example;"C;c";\r\n`);
    const again = temporaryStore();
    await importText(again, text);
    expect([...again.members('customers')].map(({ fields }) => fields.name)).toEqual(['=A', 'C;c']);
  });
});
