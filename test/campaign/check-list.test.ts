import { describe, expect, it } from 'vitest';
import { findProblems } from '../../src/cli/context/campaign-check.ts';
import type { Context } from '../../src/cli/context/context.ts';
import { importList } from '../../src/cli/context/list-import.ts';
import { createLists } from '../../src/cli/context/lists.ts';
import { finish } from '../../src/core/progress.ts';
import { brief, makeContext } from './workspace.ts';

const check = async (context: Context) =>
  finish(findProblems(context, await context.client('kaldi'), 'spring'));
const good = 'subject: News\npreheader: Soon\nlist: customers';

async function withList(csv: string, files: Readonly<Record<string, string>> = {}) {
  const context = makeContext({ ...files, 'list.csv': csv });
  const client = await context.client('kaldi');
  const words = {
    list: 'customers',
    file: 'list.csv',
    basis: 'customer',
    source: undefined,
    map: new Map(),
    dryRun: false,
  } as const;
  (await finish(importList(context, client, words))).commit();
  (await createLists(context, client)).close();
  return context;
}

describe('promo check with the list at hand', () => {
  it('finds nothing in the minimal campaign once its list is there', async () => {
    const found = await check(await withList('First name,E-mail\nAnna,anna@example.com\n'));
    expect(found.filter(({ rule }) => rule !== 'not-published')).toEqual([]);
  });

  it('counts those who would get a mail in another language', async () => {
    const found = await check(
      await withList(
        'E-mail,Language\na@example.com,lv\nb@example.com,EN\nc@example.com,lv\nd@example.com,\n',
        brief(good),
      ),
    );
    expect(found.map(({ rule, message }) => [rule, message])).toEqual([
      ['missing-translation', '2 of 3 whose language the list knows read lv, and would get the en mail.'],
    ]);
  });

  it('finds the columns that the list lacks and the cells that are empty', async () => {
    const context = await withList(
      'First name;E-mail;City\nAnna;anna@example.com;Riga\n;b@example.com;\nCai;c@example.com;\n',
      brief(good, 'Hi {{first_name}}\n{{or town "x"}} {{or city "x"}} {{ctiy}}'),
    );
    const found = await check(context);
    expect(found.map(({ rule, line, message, fix }) => [rule, line, message, fix])).toEqual([
      [
        'missing-fallback',
        6,
        '1 of 3 on the list have nothing for {{first_name}}.',
        'Write what they read instead: {{or first_name "…"}}',
      ],
      ['unknown-field', 7, 'The list has no column for {{town}}.', expect.stringContaining('first_name')],
      ['unknown-field', 7, 'The list has no column for {{ctiy}}.', 'Did you mean {{city}}?'],
    ]);
  });

  it('counts the cells that are no date or amount where the text shows one', async () => {
    const context = await withList(
      'E-mail,Renewal,Balance\na@example.com,2026-12-01,7.90\nb@example.com,soon,"7,90"\nc@example.com,1.12.2026,much\nd@example.com,,\n',
      brief(good, 'Until {{date renewal}}{{#if balance}}, {{money balance "EUR"}}{{/if}}{{or renewal "x"}}'),
    );
    const found = (await check(context)).filter(({ rule }) => rule === 'unfit-cell');
    expect(found.map(({ line, message }) => [line, message])).toEqual([
      [6, '2 of 4 on the list have something in {{renewal}} that is no date; it is shown as it stands.'],
      [6, '1 of 4 on the list have something in {{balance}} that is no amount; it is shown as it stands.'],
    ]);
  });
});
