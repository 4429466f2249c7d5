import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { openStore } from '../../../src/adapters/lists/open-store.ts';
import { recipientId } from '../../../src/audience/recipient-id.ts';
import { importText, keyOf, temporaryFolder, temporaryStore } from '../../audience/helpers.ts';

const at = Temporal.Instant.from('2026-02-01T00:00:00Z');
const words = ['hidden.anna', 'hidden.example', 'Hiddenname', 'Hiddenformularis', 'hiddenreason'];
const text = 'email;first_name\nhidden.anna@hidden.example;Hiddenname\nb@x.example;Bērta\n';
const bytesOf = (folder: string) =>
  readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'));

async function keptList(client = 'kaldi') {
  const folder = join(temporaryFolder(), client);
  const store = temporaryStore(client, folder);
  await importText(store, text, { source: 'Hiddenformularis' });
  store.suppression.add(recipientId(store.clientKey, 'gone@x.example'), at, 'hiddenreason');
  return { folder, store };
}

it('keeps no byte of a person in any file, also while it is open and after changes', async () => {
  const { folder, store } = await keptList();
  const check = () => {
    for (const bytes of bytesOf(folder)) for (const word of words) expect(bytes).not.toContain(word);
  };
  check();
  await importText(store, text.replace('Hiddenname', 'Hiddenname Two'), { source: 'Hiddenformularis' });
  check();
  store.close();
  check();
  const again = temporaryStore('kaldi', folder);
  expect([...again.members('customers')].map(({ address }) => address)).toEqual([
    'hidden.anna@hidden.example',
    'b@x.example',
  ]);
  expect(again.find('customers')?.imports[0]).toMatchObject({
    source: 'Hiddenformularis',
    file: 'people.csv',
    counts: { rows: 2, added: 2 },
  });
  expect(again.suppression.find(recipientId(again.clientKey, 'gone@x.example'))?.reason).toBe('hiddenreason');
});

const change = (folder: string, sql: string) => {
  const database = new DatabaseSync(join(folder, 'lists.sqlite'));
  database.exec(sql);
  database.close();
};

it.each([
  [
    'another block of the same list in its place',
    'UPDATE block SET body = (SELECT body FROM block WHERE number = 1) WHERE number = 0',
  ],
  [
    'the block of another list in its place',
    'UPDATE block SET body = (SELECT body FROM block b WHERE b.list = 2 AND b.number = 0) WHERE list = 1 AND number = 0',
  ],
  ['the ids of others beside it', 'UPDATE block SET ids = zeroblob(length(ids)) WHERE list = 1'],
  ['a byte less', 'UPDATE block SET body = substr(body, 1, length(body) - 1) WHERE list = 1'],
  ['nothing in it', "UPDATE block SET body = x'' WHERE list = 1"],
])('does not open a block with %s', async (_, sql) => {
  const folder = join(temporaryFolder(), 'kaldi');
  const store = temporaryStore('kaldi', folder);
  const many = `email\n${Array.from({ length: 600 }, (_, n) => `a${n}@x.example\n`).join('')}`;
  await importText(store, many);
  await importText(store, many, { list: 'others' });
  change(folder, sql);
  expect(() => [...store.members('customers')]).toThrow(expect.objectContaining({ code: 'LISTS_BROKEN' }));
});

it("does not open another client's block, put into its place", async () => {
  const [kaldi, dentist] = [await keptList('kaldi'), await keptList('dentist')];
  const other = join(dentist.folder, 'lists.sqlite');
  dentist.store.close();
  change(
    kaldi.folder,
    `ATTACH '${other}' AS other; UPDATE block SET ids = (SELECT ids FROM other.block), body = (SELECT body FROM other.block)`,
  );
  expect(() => [...kaldi.store.members('customers')]).toThrow(
    expect.objectContaining({ code: 'LISTS_BROKEN' }),
  );
  expect(() => openStore(dentist.folder, 'dentist', keyOf(kaldi.folder))).toThrow(
    expect.objectContaining({ code: 'LISTS_KEY_LOST' }),
  );
});

it('leaves the place of somebody who was taken off empty, and what was said of them counts for nobody', async () => {
  const store = temporaryStore();
  await importText(store, 'email\na@x.example\nb@x.example\nc@x.example\n');
  const id = (address: string) => recipientId(store.clientKey, address);
  expect(store.remove('customers', [id('b@x.example'), id('nobody@x.example')])).toBe(1);
  expect([...store.members('customers')].map(({ address }) => address)).toEqual([
    'a@x.example',
    'c@x.example',
  ]);
  expect(store.evidence('customers', id('b@x.example'))).toEqual([]);
  expect([...store.lastNamed('customers')].map((one) => one.id)).toEqual([
    id('a@x.example'),
    id('c@x.example'),
  ]);
  expect(await importText(store, 'email\nc@x.example\nb@x.example\na@x.example\n')).toMatchObject({
    added: 1,
    unchanged: 2,
  });
  expect(store.find('customers')?.recipients).toBe(3);
  expect(store.evidence('customers', id('b@x.example'))).toMatchObject([{ line: 3 }]);
  expect(store.evidence('customers', id('a@x.example')).map(({ line }) => line)).toEqual([2, 4]);
});
