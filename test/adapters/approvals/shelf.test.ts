import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shelfFolder } from '../../../src/adapters/approvals/shelf-folder.ts';
import { connect } from '../../../src/adapters/ledgers/postgres/connect.ts';
import { openSharedShelf, type SharedShelf } from '../../../src/adapters/ledgers/postgres/shared-shelf.ts';
import { shareShelves } from '../../../src/approval/shelf.ts';
import { shelfContract } from '../../contracts/shelf.ts';
import { type Postgres, startPostgres } from '../../support/postgres.ts';
import { isLeftOutWithout } from '../../support/programs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const inFolder = (dir: string) => shelfFolder(join(dir, 'committed'), join(dir, 'own'));

shelfContract('a folder', async () => {
  const dirs = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'sec-shelf-')));
  const [one = '', two = ''] = dirs;
  return {
    open: async () => inFolder(one),
    another: async () => inFolder(two),
    async destroy() {
      for (const dir of dirs) rmSync(dir, { recursive: true });
    },
  };
});

describe.skipIf(isLeftOutWithout('postgresql', 'initdb', 'postgres', 'psql'))('shared', () => {
  let server: Postgres;
  let url: string;
  let clients = 0;
  beforeAll(async () => {
    server = await startPostgres();
    url = server.database('shelf');
  });
  afterAll(() => server?.stop());

  shelfContract('PostgreSQL', async () => {
    const opened: SharedShelf[] = [];
    const of = (client: string) => async () => {
      const shelf = await openSharedShelf(url, client);
      opened.push(shelf);
      return shelf;
    };
    const n = clients++;
    return {
      open: of(`one${n}`),
      another: of(`two${n}`),
      async destroy() {
        for (const shelf of opened) await shelf.close();
      },
    };
  });

  it('makes no file of what a stranger put into the database under another name', async () => {
    const dir = temporaryFolder();
    const shared = await openSharedShelf(url, 'kaldi');
    const connection = await connect(url, 'sec_kaldi');
    for (const id of ['../../keys', 'keys', `${'a'.repeat(63)}/`, ''])
      await connection.query('INSERT INTO approval VALUES ($1, $2, $3)', ['statement', id, '{}']);
    await connection.query("INSERT INTO approval VALUES ('key', $1, '{}')", ['a'.repeat(64)]);
    await connection.end();
    await shareShelves(inFolder(dir), shared);
    await shared.close();
    expect(readdirSync(dir)).toEqual([]);
    expect(existsSync(join(dir, '../keys.json'))).toBe(false);
  });
});
