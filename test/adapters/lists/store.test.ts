import { once } from 'node:events';
import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { rejectFile } from '../../../src/adapters/csv/reject-file.ts';
import { openStore } from '../../../src/adapters/lists/open-store.ts';
import { recipientId } from '../../../src/audience/recipient-id.ts';
import { createSuppression } from '../../../src/audience/suppression.ts';
import { importText, keyOf, prepare, temporaryFolder, temporaryStore } from '../../audience/helpers.ts';

const at = Temporal.Instant.from('2026-02-01T00:00:00Z');
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('the store of a client', () => {
  it('is readable by its owner alone, files and folder', async () => {
    const folder = join(temporaryFolder(), 'kaldi');
    await importText(temporaryStore('kaldi', folder), 'email\na@x.example\n');
    expect(mode(folder)).toBe('700');
    for (const name of readdirSync(folder)) expect([name, mode(join(folder, name))]).toEqual([name, '600']);
    expect(readdirSync(folder)).toContain('lists.sqlite');
  });

  it('is made so again where a copy that was put back can be read by others', async () => {
    const folder = join(temporaryFolder(), 'kaldi');
    openStore(folder, 'kaldi', keyOf(folder)).close();
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644);
    openStore(folder, 'kaldi', keyOf(folder)).close();
    for (const name of readdirSync(folder)) expect([name, mode(join(folder, name))]).toEqual([name, '600']);
  });

  it('is there again when it is opened anew, under the same key', async () => {
    const folder = join(temporaryFolder(), 'kaldi');
    const store = openStore(folder, 'kaldi', keyOf(folder));
    await importText(store, 'email\na@x.example\n');
    const key = Buffer.from(store.clientKey).toString('hex');
    store.close();
    const again = temporaryStore('kaldi', folder);
    expect(Buffer.from(again.clientKey).toString('hex')).toBe(key);
    expect(again.find('customers')?.recipients).toBe(1);
  });

  it("gives the same person another id, and another's suppression no effect, at another client", () => {
    const [kaldi, dentist] = [temporaryStore('kaldi'), temporaryStore('dentist')];
    const id = recipientId(kaldi.clientKey, 'a@x.example');
    kaldi.suppression.add(id, at, undefined);
    expect(recipientId(dentist.clientKey, 'a@x.example')).not.toBe(id);
    expect(createSuppression(kaldi).isSuppressed('a@x.example')).toBe(true);
    expect(createSuppression(dentist).isSuppressed('a@x.example')).toBe(false);
  });

  it('keeps no suppressed address, only a keyed hash', () => {
    const folder = join(temporaryFolder(), 'kaldi');
    const store = temporaryStore('kaldi', folder);
    store.suppression.add(recipientId(store.clientKey, 'secret@x.example'), at, undefined);
    const database = new DatabaseSync(join(folder, 'lists.sqlite'), { readOnly: true });
    expect(JSON.stringify(database.prepare('SELECT * FROM suppression').all())).not.toContain('secret');
    database.close();
  });

  it('adds and removes a suppression once', () => {
    const { suppression } = temporaryStore();
    expect([suppression.add('x', at, 'asked'), suppression.add('x', at, 'again')]).toEqual([true, false]);
    expect([suppression.has('x'), suppression.count()]).toEqual([true, 1]);
    expect([suppression.remove('x'), suppression.remove('x'), suppression.has('x')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('counts a look-up that fails as suppressed', () => {
    const folder = join(temporaryFolder(), 'kaldi');
    const store = openStore(folder, 'kaldi', keyOf(folder));
    const suppression = createSuppression(store);
    expect(suppression.isSuppressed('a@x.example')).toBe(false);
    expect(suppression.suppressedOf(['a@x.example'])).toEqual(new Set());
    store.close();
    expect(suppression.isSuppressed('a@x.example')).toBe(true);
    expect(suppression.suppressedOf(['a@x.example', 'b@x.example'])).toEqual(
      new Set(['a@x.example', 'b@x.example']),
    );
  });

  it('asks about many at once what it would say of each', () => {
    const [kaldi, office] = [temporaryStore('kaldi'), temporaryStore('_office')];
    const keys = ['a', 'b', 'c', 'd'].map((name) => `${name}@x.example`);
    const [a = '', b = '', c = '', d = ''] = keys;
    kaldi.suppression.add(recipientId(kaldi.clientKey, b), at, undefined);
    office.suppression.add(recipientId(office.clientKey, c), at, undefined);
    office.suppression.add(recipientId(kaldi.clientKey, a), at, undefined);
    const ids = keys.map((key) => recipientId(kaldi.clientKey, key));
    for (const suppression of [createSuppression(kaldi), createSuppression(kaldi, office)]) {
      const each = new Set(keys.filter((key) => suppression.isSuppressed(key)));
      expect(suppression.suppressedOf(keys)).toEqual(each);
      expect(suppression.suppressedOf(keys, ids)).toEqual(each);
      expect(suppression.suppressedOf(keys, ids.slice(0, 3))).toEqual(new Set([...each, d]));
    }
  });

  it('refuses to work with a wrong key, instead of letting suppressed people through', () => {
    const folder = join(temporaryFolder(), 'kaldi');
    openStore(folder, 'kaldi', keyOf(folder)).close();
    expect(() => openStore(folder, 'kaldi', keyOf('of another client'))).toThrow(
      expect.objectContaining({ code: 'LISTS_KEY_LOST' }),
    );
  });

  it('says plainly that a file is no store, or a newer one', () => {
    const folder = join(temporaryFolder(), 'kaldi');
    openStore(folder, 'kaldi', keyOf(folder)).close();
    const path = join(folder, 'lists.sqlite');
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 99');
    database.close();
    expect(() => openStore(folder, 'kaldi', keyOf(folder))).toThrow(/newer sec/);
    writeFileSync(path, 'no database at all'.repeat(100));
    expect(() => openStore(folder, 'kaldi', keyOf(folder))).toThrow(
      expect.objectContaining({ code: 'LISTS_BROKEN' }),
    );
  });

  it('lets one import of a client run at a time', async () => {
    const folder = join(temporaryFolder(), 'kaldi');
    const one = temporaryStore('kaldi', folder);
    const two = openStore(folder, 'kaldi', keyOf(folder), { waitMs: 50 });
    const first = await prepare(one, 'email\na@x.example\n');
    expect(two.names()).toEqual([]);
    expect(temporaryStore('kaldi', folder).names()).toEqual([]);
    await expect(prepare(two, 'email\nb@x.example\n')).rejects.toMatchObject({ code: 'LISTS_BUSY' });
    first.commit();
    expect(two.names()).toEqual(['customers']);
    two.close();
  });

  it('can be written to after somebody stopped reading half-way', async () => {
    const folder = join(temporaryFolder(), 'kaldi');
    const [reader, writer] = [temporaryStore('kaldi', folder), temporaryStore('kaldi', folder)];
    await importText(writer, 'email\na@x.example\nb@x.example\n');
    for (const member of reader.members('customers')) {
      expect(member.address).toBe('a@x.example');
      break;
    }
    await importText(writer, 'email\nc@x.example\n');
    expect(reader.find('customers')?.recipients).toBe(3);
    expect(await importText(reader, 'email\nd@x.example\n')).toMatchObject({ added: 1 });
  });

  it('keeps nothing of an import whose process was killed', async () => {
    const folder = join(temporaryFolder(), 'kaldi');
    const rejects = join(folder, 'rejects');
    const source = (path: string) => JSON.stringify(new URL(`../../../src/${path}`, import.meta.url).href);
    const child = execa(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { openStore } from ${source('adapters/lists/open-store.ts')};
         import { rejectFile } from ${source('adapters/csv/reject-file.ts')};
         import { prepareImport } from ${source('audience/import-list.ts')};
         const rows = Array.from({ length: 5000 }, (_, n) => 'a' + n + '@x.example\\n').join('');
         const file = { name: 'people.csv', encoding: 'UTF-8', digest: () => '', async *chunks() {
           yield Buffer.from('email\\nbad\\n' + rows);
           process.stdout.write('half-way');
           await new Promise(() => setInterval(() => {}, 1000));
         } };
         const work = prepareImport(file, { list: 'customers', basis: 'consent', map: new Map(),
           store: openStore(${JSON.stringify(folder)}, 'kaldi', Buffer.from('${Buffer.from(keyOf(folder)).toString('hex')}', 'hex')),
           rejects: rejectFile(${JSON.stringify(rejects)}, 'r', String),
           at: Temporal.Instant.from('2026-03-01T10:00:00Z'), signal: new AbortController().signal });
         for await (const _ of work);`,
      ],
      { reject: false, buffer: false },
    );
    const ended = child.then(() => 'ended');
    expect(await Promise.race([once(child.stdout, 'data').then(String), ended])).toBe('half-way');
    expect(readdirSync(rejects)).toEqual([expect.stringMatching(/\.part$/)]);
    child.kill('SIGKILL');
    expect((await child).signal).toBe('SIGKILL');

    const store = temporaryStore('kaldi', folder);
    expect(store.names()).toEqual([]);
    const sink = rejectFile(rejects, 'customers', (path) => path);
    await importText(store, 'email\na1@x.example\nbad\n', { rejects: sink });
    expect(store.find('customers')?.recipients).toBe(1);
    expect(readdirSync(rejects)).toEqual(['customers.csv']);
    expect(mode(join(rejects, 'customers.csv'))).toBe('600');
  });
});
