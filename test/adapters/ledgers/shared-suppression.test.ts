import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/adapters/ledgers/postgres/connect.ts';
import { openSharedSuppression } from '../../../src/adapters/ledgers/postgres/shared-suppression.ts';
import { passingKey } from '../../../src/adapters/lists/list-key-file.ts';
import { openStore, storePath } from '../../../src/adapters/lists/open-store.ts';
import { openSuppressionCopy } from '../../../src/adapters/lists/suppression-copy.ts';
import type { ListStore } from '../../../src/audience/list-store.ts';
import { shareSuppression } from '../../../src/audience/shared-suppression.ts';
import { parseEmailAddress } from '../../../src/core/email-address.ts';
import { tracesOf } from '../../../src/privacy/traces.ts';
import { suppressionContract } from '../../contracts/suppression.ts';
import { type Postgres, startPostgres } from '../../support/postgres.ts';
import { findProgram, isLeftOutWithout } from '../../support/programs.ts';

const AT = Temporal.Instant.from('2026-03-02T10:00:00Z');
const folders: string[] = [];
const folder = () => {
  const dir = mkdtempSync(join(tmpdir(), 'sec-shared-'));
  folders.push(dir);
  return dir;
};
afterAll(() => {
  for (const dir of folders) rmSync(dir, { recursive: true, force: true });
});

suppressionContract('one file', async () => {
  const dir = folder();
  const key = passingKey();
  const [here, there] = [openStore(dir, 'kaldi', key), openStore(dir, 'kaldi', key)];
  return {
    here: here.suppression,
    there: there.suppression,
    share: async () => {},
    async destroy() {
      here.close();
      there.close();
    },
  };
});

describe.skipIf(isLeftOutWithout('postgresql', 'initdb', 'postgres', 'psql', 'pg_dump'))('shared', () => {
  let server: Postgres;
  let databases = 0;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());
  const database = () => server.database(`shared${databases++}`);

  /** A machine with a copy of another's folder, else with a folder and a key of its own. */
  const machine = (url: string, from?: { dir: string; store: ListStore }, scope = 'kaldi') => {
    const dir = folder();
    if (from) cpSync(from.dir, dir, { recursive: true });
    const store = openStore(dir, 'kaldi', from?.store.clientKey ?? passingKey());
    return {
      dir,
      store,
      suppression: store.suppression,
      async share(to = url) {
        const shared = await openSharedSuppression({
          url: to,
          scope,
          key: store.clientKey,
          whose: 'kaldi',
          folder: '.sec/clients/kaldi',
        });
        const copy = openSuppressionCopy(storePath(dir), 'kaldi');
        try {
          await shareSuppression(copy, shared);
        } finally {
          copy.close();
          await shared.close();
        }
      },
    };
  };
  const twins = (url: string, count = 2, scope = 'kaldi') => {
    const first = machine(url, undefined, scope);
    return [first, ...Array.from({ length: count - 1 }, () => machine(url, first, scope))];
  };
  const everywhere = async (machines: readonly ReturnType<typeof machine>[]) => {
    for (const each of [...machines, ...machines]) await each.share();
  };

  suppressionContract('PostgreSQL', async () => {
    const url = database();
    const machines = twins(url);
    const [here, there] = machines;
    if (!here || !there) throw new Error('two machines were expected');
    return {
      here: here.suppression,
      there: there.suppression,
      share: () => everywhere(machines),
      async destroy() {
        for (const each of machines) each.store.close();
      },
    };
  });

  it('begin with everybody whom any machine knew, and lose nobody', async () => {
    const url = database();
    const [one, two, three] = twins(url, 3);
    if (!one || !two || !three) throw new Error('three machines were expected');
    one.suppression.add('anna', AT, 'bounced');
    two.suppression.add('berta', AT, undefined);
    two.suppression.add('anna', AT.add({ hours: 1 }), 'complained');
    await everywhere([one, two, three]);
    for (const each of [one, two, three]) {
      expect(each.suppression.count()).toBe(2);
      expect(each.suppression.find('anna')).toEqual({ at: AT, reason: 'bounced' });
    }
  });

  it('are refused to a machine with another key, before it hears or tells anything', async () => {
    const url = database();
    const [one, stranger] = [machine(url), machine(url)];
    one.suppression.add('anna', AT, undefined);
    stranger.suppression.add('berta', AT, undefined);
    await one.share();
    await expect(stranger.share()).rejects.toMatchObject({ code: 'SUPPRESSION_OTHER_KEY', exitCode: 78 });
    await one.share();
    expect([one.suppression.count(), stranger.suppression.count()]).toEqual([1, 1]);
  });

  it('stand where one machine allows somebody who was suppressed anew at another meanwhile', async () => {
    const url = database();
    const machines = twins(url);
    const [one, two] = machines;
    if (!one || !two) throw new Error('two machines were expected');
    one.suppression.add('anna', AT, undefined);
    await everywhere(machines);
    two.suppression.remove('anna');
    two.suppression.add('anna', AT.add({ hours: 2 }), 'unsubscribed');
    await two.share();
    one.suppression.remove('anna');
    await everywhere(machines);
    expect(one.suppression.has('anna')).toBe(true);
    expect(two.suppression.has('anna')).toBe(true);
  });

  it('are told once the database is back, and all of them to one that was lost or put back', async () => {
    const [url, another] = [database(), database()];
    const machines = twins(url);
    const [one, two] = machines;
    if (!one || !two) throw new Error('two machines were expected');
    one.suppression.add('anna', AT, undefined);
    await everywhere(machines);
    two.suppression.add('berta', AT, undefined);
    await expect(two.share('postgres://sec@127.0.0.1:1/x')).rejects.toMatchObject({
      code: 'LEDGER_UNREACHABLE',
    });
    await two.share(another);
    await one.share(another);
    expect([one.suppression.count(), two.suppression.count()]).toEqual([2, 2]);
    const backup = dump(another);
    two.suppression.add('carla', AT, undefined);
    await two.share(another);
    const restored = database();
    execFileSync(findProgram('psql') ?? 'psql', [restored], {
      input: backup,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    for (const name of ['dora', 'eva']) {
      one.suppression.add(name, AT, undefined);
      await one.share(restored);
    }
    await two.share(restored);
    await one.share(restored);
    const all = ['anna', 'berta', 'carla', 'dora', 'eva'];
    expect((await contents(restored)).map(({ id }) => id)).toEqual(all);
    expect(all.filter((id) => one.suppression.has(id) && two.suppression.has(id))).toEqual(all);
  });

  it('come to the same everywhere, whatever is said where and shared when', {
    timeout: 120_000,
  }, async () => {
    const act = fc.record({
      on: fc.nat(2),
      what: fc.constantFrom('add', 'remove', 'share'),
      id: fc.constantFrom('a', 'b', 'c'),
    });
    const url = database();
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
        const machines = twins(url, 3, `client${runs++}`);
        const lastWord = new Map<string, string>();
        for (const { on, what, id } of acts) {
          const at = machines[on];
          if (what === 'share') await at?.share();
          else if (what === 'add') at?.suppression.add(id, AT, undefined);
          else at?.suppression.remove(id);
          if (what !== 'share') lastWord.set(id, what);
        }
        await everywhere(machines);
        const seen = machines.map(({ suppression }) => ['a', 'b', 'c'].filter((id) => suppression.has(id)));
        expect(seen[1]).toEqual(seen[0]);
        expect(seen[2]).toEqual(seen[0]);
        for (const [id, word] of lastWord) if (word === 'add') expect(seen[0]).toContain(id);
        for (const { store } of machines) store.close();
      }),
      { numRuns: 15 },
    );
  });

  it('keep reasons sealed in the database, and let both machines forget an erased address', async () => {
    const EMAIL = 'anna.erased@example.com';
    const url = database();
    const machines = twins(url);
    const [one, two] = machines;
    if (!one || !two) throw new Error('two machines were expected');
    two.suppression.add('berta', AT, `asked by her sister ${EMAIL}`);
    await everywhere(machines);
    expect(await bytesWith(url, 'berta')).toBeGreaterThan(0);
    expect(await bytesWith(url, EMAIL)).toBe(0);
    expect(one.suppression.find('berta')?.reason).toContain(EMAIL);
    const parsed = parseEmailAddress(EMAIL);
    if (!parsed.ok) throw new Error('an address was expected');
    one.store.erase('anna', AT, tracesOf(parsed.address));
    await everywhere(machines);
    const shared = await openSharedSuppression({
      url,
      scope: 'kaldi',
      key: one.store.clientKey,
      whose: 'kaldi',
      folder: '',
    });
    await shared.leaveNoTrace();
    await shared.close();
    expect(await bytesWith(url, EMAIL)).toBe(0);
    expect(dump(url)).not.toContain(EMAIL);
    expect(two.suppression.find('berta')?.reason).toBe('asked by her sister …');
    expect(two.suppression.find('anna')?.reason).toBe('erased');
  });

  const contents = async (url: string) => {
    const connection = await connect(url, 'sec_kaldi');
    const { rows } = await connection.query('SELECT id FROM suppression WHERE NOT removed ORDER BY id');
    await connection.end();
    return rows as { id: string }[];
  };
  const dump = (url: string) =>
    execFileSync(findProgram('pg_dump') ?? 'pg_dump', [url], { encoding: 'utf8' });
  /** How many files of the database hold a text, once all is on the disk. */
  const bytesWith = async (url: string, text: string) => {
    const connection = await connect(url, 'sec_kaldi');
    await connection.query('CHECKPOINT');
    const { rows } = await connection.query(
      "SELECT current_setting('data_directory') || '/base/' || oid AS dir FROM pg_database WHERE datname = current_database()",
    );
    await connection.end();
    const dir = String(rows[0]?.dir);
    return readdirSync(dir).filter((name) => readFileSync(join(dir, name)).includes(text)).length;
  };
});
