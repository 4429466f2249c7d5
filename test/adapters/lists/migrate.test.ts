import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { recipientId } from '../../../src/audience/recipient-id.ts';
import { keyedHash } from '../../../src/core/digest.ts';
import { keyOf, temporaryFolder, temporaryStore } from '../../audience/helpers.ts';

/** Lists as version 2 kept them: plain rows. */
function plainLists(people: number) {
  const folder = join(temporaryFolder(), 'kaldi');
  mkdirSync(folder);
  const key = keyOf(folder);
  const database = new DatabaseSync(join(folder, 'lists.sqlite'));
  database.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE list (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, columns TEXT NOT NULL) STRICT;
    CREATE TABLE import (id INTEGER PRIMARY KEY, list INTEGER NOT NULL, at TEXT NOT NULL, file TEXT NOT NULL,
      sha256 TEXT NOT NULL, delimiter TEXT NOT NULL, basis TEXT NOT NULL, source TEXT, wording TEXT, counts TEXT NOT NULL) STRICT;
    CREATE TABLE recipient (position INTEGER PRIMARY KEY, list INTEGER NOT NULL, id TEXT NOT NULL, address TEXT NOT NULL,
      language TEXT, cells TEXT NOT NULL, import INTEGER NOT NULL, line INTEGER NOT NULL) STRICT;
    CREATE TABLE evidence (recipient INTEGER NOT NULL, import INTEGER NOT NULL, line INTEGER NOT NULL,
      PRIMARY KEY (recipient, import)) STRICT, WITHOUT ROWID;
    CREATE TABLE suppression (id TEXT PRIMARY KEY, at TEXT NOT NULL, reason TEXT) STRICT, WITHOUT ROWID;
    CREATE TABLE key_check (value TEXT NOT NULL) STRICT;
    CREATE INDEX recipient_1 ON recipient (id) WHERE list = 1;
    PRAGMA user_version = 2;
    INSERT INTO list VALUES (1, 'customers', '["name","language"]'), (2, 'bare', '[]');
    INSERT INTO import VALUES
      (1, 1, '2025-01-01T00:00:00Z', 'one.csv', 'aa', ';', 'consent', 'a form', NULL, '{"rows":3}'),
      (2, 2, '2025-02-01T00:00:00Z', 'two.csv', 'bb', ',', 'customer', NULL, 'yes', '{"rows":1}'),
      (3, 1, '2025-03-01T00:00:00Z', 'three.csv', 'cc', ';', 'consent', NULL, NULL, '{"rows":1}');
    INSERT INTO suppression VALUES ('someone', '2025-01-05T00:00:00Z', 'asked'), ('other', '2025-01-06T00:00:00Z', NULL);
  `);
  database
    .prepare('INSERT INTO key_check VALUES (?)')
    .run(keyedHash(key, 'lists.sqlite belongs to this key'));
  const insert = database.prepare('INSERT INTO recipient VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const id = (n: number | string) => recipientId(key, `plain${n}@x.example`);
  // A person of the other list stands between.
  for (let n = 0; n < people; n++)
    insert.run(
      n + (n > 100 ? 2 : 1),
      1,
      id(n),
      `plain${n}@x.example`,
      'lv',
      `Plain ${n}\x1flatviešu`,
      1,
      n + 2,
    );
  insert.run(102, 2, id('bare'), 'plainbare@x.example', null, '', 2, 2);
  database.exec('INSERT INTO evidence VALUES (3, 3, 7)');
  database.close();
  return { folder, id };
}
const bytesOf = (folder: string) =>
  readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'));

it('seals lists that an earlier sec kept plain, once, and leaves no plain byte', () => {
  const { folder, id } = plainLists(600);
  expect(bytesOf(folder).join()).toContain('plain7@x.example');
  const store = temporaryStore('kaldi', folder);
  for (const bytes of bytesOf(folder)) expect(bytes).not.toMatch(/plain\d|a form|three\.csv/);

  expect(store.find('customers')).toMatchObject({ recipients: 600, columns: ['name', 'language'] });
  const members = [...store.members('customers')];
  expect(members.map(({ address }) => address)).toEqual(
    Array.from({ length: 600 }, (_, n) => `plain${n}@x.example`),
  );
  expect(members[599]).toEqual({
    id: id(599),
    address: 'plain599@x.example',
    language: 'lv',
    fields: { name: 'Plain 599', language: 'latviešu' },
  });
  expect([...store.members('bare')]).toEqual([
    { id: id('bare'), address: 'plainbare@x.example', fields: {} },
  ]);
  expect(store.evidence('customers', id(2))).toMatchObject([
    { line: 4, import: { file: 'one.csv', source: 'a form', sha256: 'aa', counts: { rows: 3 } } },
    { line: 7, import: { file: 'three.csv', basis: 'consent' } },
  ]);
  expect(store.evidence('bare', id('bare'))).toMatchObject([{ line: 2, import: { wording: 'yes' } }]);
  expect(store.suppression.find('someone')).toEqual({
    at: Temporal.Instant.from('2025-01-05T00:00:00Z'),
    reason: 'asked',
  });
  expect(store.suppression.find('other')).toEqual({ at: Temporal.Instant.from('2025-01-06T00:00:00Z') });
});

it('goes on where a run died between sealing and cleaning', () => {
  const { folder } = plainLists(10);
  temporaryStore('kaldi', folder).close();
  const database = new DatabaseSync(join(folder, 'lists.sqlite'));
  database.exec("CREATE TABLE left_over (text TEXT); INSERT INTO left_over VALUES ('plain9@x.example');");
  database.exec('DROP TABLE left_over; PRAGMA user_version = 102;');
  database.close();
  expect(bytesOf(folder).join()).toContain('plain9@x.example');
  expect(temporaryStore('kaldi', folder).find('customers')?.recipients).toBe(10);
  expect(bytesOf(folder).join()).not.toContain('plain9@x.example');
});
