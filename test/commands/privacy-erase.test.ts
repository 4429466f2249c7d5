import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, vi } from 'vitest';
import { sqliteLedger } from '../../src/adapters/ledgers/sqlite.ts';
import type { Candidate } from '../../src/audience/audience.ts';
import { messageToken } from '../../src/delivery/events/whose.ts';
import { inWorkspace } from '../support/in-workspace.ts';
import { listsIn } from '../support/lists.ts';
import { promoWorkspace, site } from '../support/promo-workspace.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const anna = 'Anna.Ozola@example.org';
const brief =
  '---\nsubject: \'Spring, {{or first_name "friend"}}\'\ntemplate: promo\nlist: customers\n---\nHello {{or first_name "friend"}}.\n';

/** Two clients with the same people on their lists; nothing was sent. */
async function office() {
  const { dir, write } = promoWorkspace();
  const vaults = temporaryFolder();
  vi.stubEnv('SEC_VAULT_DIR', vaults);
  const people = Array.from({ length: 60 }, (_, n) => `p${n}@example.com,P ${n},filler ${n}`);
  const annas = [`${anna},Anna Bērziņa,rye`, `zoe@example.com,Zoe,friend of ${anna.toLowerCase()}`];
  const like = ['joanna.ozola@example.org,Joanna,', `x${anna},Other,`];
  write('people.csv', ['email,first_name,note', ...annas, ...like, ...people, ''].join('\n'));
  write('bad.csv', `email,first_name\nyet.another@example.com,Y\nnot an address,${anna}\nneither,Two\n`);
  const run = inWorkspace(dir);
  const json = async (...words: string[]) => (await run(...words, '--json')).json();
  const importInto = (client: string, file: string, ...more: string[]) =>
    json('list', 'import', client, 'customers', file, '--basis', 'consent', '--yes', ...more);
  for (const client of ['kaldi', 'dentist']) {
    write(`sites/${client}/site.yaml`, withOutbox(client, client));
    for (const campaign of ['spring', 'autumn']) write(`campaigns/${client}/${campaign}/campaign.md`, brief);
    write(`sites/${client}/content/_index.md`, '---\ntitle: Home\ndescription: Home\n---\nWelcome.\n');
    await importInto(client, 'people.csv', '--source', `${anna} wrote it down`);
  }
  return { dir, vaults, write, run, json, importInto };
}

/** The same, after Anna has left traces wherever sec keeps anything. */
async function busyOffice() {
  const made = await office();
  const { dir, write, json, importInto } = made;
  for (const client of ['kaldi', 'dentist']) {
    await importInto(client, 'bad.csv');
    expect(await json('promo', 'send', client, 'spring', '--yes')).toMatchObject({ accepted: 65 });
    await json('promo', 'test', client, 'spring', '--to', anna);
    await json('approval', 'request', client, 'autumn', '--yes');
    await json('site', 'publish', client, '--yes');
    const { recipient } = (await json('privacy', 'export', client, anna)) as { recipient: string };
    const event = {
      ...{ event: 'delivered', timestamp: 1_790_000_000, sg_message_id: 'x', email: anna },
      ...{
        response: `250 <${anna}> ok`,
        sec_recipient: recipient,
        sec_message: messageToken(client, 'spring', recipient),
      },
    };
    write(`told-${client}.json`, JSON.stringify([event]));
    expect(await json('events', 'import', client, join(dir, `told-${client}.json`))).toMatchObject({
      added: { delivered: 1 },
    });
    await json('promo', 'report', client, 'spring', '--out', join(dir, `report-${client}.html`));
  }
  await json('promo', 'preview', 'kaldi', 'spring', '--for', anna, '--out', join(dir, 'look-kaldi'));
  return made;
}

const withOutbox = (name: string, short: string) =>
  site(name, short).replace('address:', `transport: "outbox:out-${short}", address:`) +
  `host: file:public/${short}\nhosts: {preview: file:public/${short}-preview}\npreview: https://${short}.example/preview/\n`;

/** SQLite removes its log beside a database when the last one closes it. */
function bytesOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** Files below a folder that hold the address in any letters: as UTF-8, as UTF-16, as base64. */
function filesHolding(dir: string, address: string): string[] {
  const utf16 = (text: string) => Buffer.from(text, 'utf16le').toString('latin1');
  const base64 = [0, 1, 2].flatMap((shift) =>
    [address, address.toLowerCase()].map((text) =>
      Buffer.from(' '.repeat(shift) + text)
        .toString('base64')
        .slice(shift && shift + 1, -4),
    ),
  );
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(dir, path), { throwIfNoEntry: false })?.isFile())
    .filter((path) => {
      const bytes = bytesOf(join(dir, path));
      const small = bytes
        .toLowerCase()
        .replaceAll(`x${address.toLowerCase()}`, '')
        .replaceAll(`jo${address.toLowerCase()}`, '');
      return (
        small.includes(address.toLowerCase()) ||
        small.includes(utf16(address.toLowerCase())) ||
        base64.some((form) => bytes.includes(form))
      );
    })
    .sort();
}

async function* onlyAnna(id: string): AsyncGenerator<Candidate> {
  yield { kind: 'recipient', recipient: { id, address: anna, key: anna.toLowerCase(), fields: {} } };
}

describe('sec privacy erase', () => {
  it('leaves no byte of the address in what is kept, and lets nobody bring them back', async () => {
    const { dir, vaults, run, json, importInto } = await busyOffice();
    const state = join(dir, '.sec/clients/kaldi');
    expect(filesHolding(state, anna).length).toBeGreaterThan(1);
    // SQLite's log beside a database comes and goes with its handles.
    const ofDentist = () =>
      new Set(filesHolding(join(dir, '.sec/clients/dentist'), anna).map((path) => path.replace(/-wal$/, '')));
    const others = ofDentist();
    const before = await json('promo', 'status', 'kaldi', 'spring');
    const { recipient } = (await json('privacy', 'export', 'kaldi', anna)) as { recipient: string };

    const would = await json('privacy', 'erase', 'kaldi', anna, '--dry-run');
    expect(would).toMatchObject({
      lists: 1,
      sends: 1,
      events: 1,
      rejected: 1,
      mails: 3,
      requests: 1,
      dryRun: true,
    });
    expect(filesHolding(state, anna).length).toBeGreaterThan(1);
    expect(await json('privacy', 'erase', 'kaldi', anna)).toMatchObject({
      error: { code: 'CONFIRMATION_NEEDED' },
    });

    const done = await run(
      'privacy',
      'erase',
      'kaldi',
      anna.toUpperCase().replace('ANNA.OZOLA', 'anna.OZOLA'),
      '--yes',
      '--json',
    );
    expect(done.json()).toEqual({
      client: 'kaldi',
      recipient,
      dryRun: false,
      suppressed: true,
      ...{ lists: 1, sends: 1, events: 1, rejected: 1, mails: 3, requests: 1 },
      left: [],
      importedFrom: ['people.csv'],
    });
    expect((done.stdout + done.stderr).toLowerCase()).not.toContain('ozola');
    expect(filesHolding(state, anna)).toEqual([]);
    expect(filesHolding(vaults, anna)).toEqual([]);
    expect(filesHolding(join(dir, 'out-kaldi'), anna)).toEqual([]);
    expect(readdirSync(join(dir, 'look-kaldi'))).toEqual([]);
    const everywhere = filesHolding(dir, anna).filter((path) => !path.includes('dentist'));
    // What a person put there, and what came from elsewhere, is theirs to remove.
    expect(everywhere).toEqual(['bad.csv', 'people.csv', 'told-kaldi.json']);

    expect(ofDentist()).toEqual(others);
    expect(filesHolding(join(dir, 'out-dentist'), anna)).toHaveLength(2);
    const { durationMs: _, ...sums } = before;
    expect(await json('promo', 'status', 'kaldi', 'spring')).toMatchObject({ ...sums, balanced: true });
    for (const name of ['xAnna.Ozola@example.org', 'joanna.ozola@example.org'])
      expect(await json('privacy', 'export', 'kaldi', name)).toMatchObject({ lists: [{}], sends: [{}] });
    const zoe = await json('privacy', 'export', 'kaldi', 'zoe@example.com');
    expect(zoe).toMatchObject({
      lists: [{ fields: { note: 'friend of …' }, evidence: [{ source: '… wrote it down' }] }],
    });
    expect((await json('audit', 'verify')) as object).not.toHaveProperty('error');

    expect(await importInto('kaldi', 'people.csv')).toMatchObject({ suppressed: 1, added: 0 });
    expect(await json('promo', 'send', 'kaldi', 'autumn', '--yes')).toMatchObject({ accepted: 64 });
    const csv = ['--csv', 'people.csv', '--basis', 'consent'];
    await run('promo', 'send', 'kaldi', 'autumn', ...csv, '--yes');
    expect(filesHolding(join(dir, 'out-kaldi'), anna)).toEqual([]);
    expect(await json('privacy', 'export', 'kaldi', anna)).toMatchObject({
      lists: [],
      suppressed: { reason: 'erased' },
    });
    expect(await json('privacy', 'erase', 'kaldi', anna, '--yes')).toMatchObject({
      lists: 0,
      sends: 0,
      left: [],
    });
  }, 120_000);

  it('names the files that are a person’s own to change', async () => {
    const { write, run, json } = await office();
    write('sites/kaldi/content/team.md', `---\ntitle: Team\n---\nWrite to ${anna}\n`);
    const done = await json('privacy', 'erase', 'kaldi', anna, '--yes');
    expect(done.left).toEqual(['sites/kaldi/content/team.md']);
    const said = await run('privacy', 'erase', 'kaldi', anna, '--yes');
    expect(said.stdout).toContain('sites/kaldi/content/team.md');
    expect(said.stdout).toContain('backups of this computer');
  }, 120_000);

  it('waits for nobody whose mail is on its way: says so, and they are suppressed already', async () => {
    const { dir, json } = await office();
    const now = Temporal.Now.instant();
    const { recipient } = (await json('privacy', 'export', 'kaldi', anna)) as { recipient: string };
    const ledger = sqliteLedger({
      client: 'kaldi',
      dir: join(dir, '.sec/clients/kaldi'),
      witness: join(dir, '.sec/witness/kaldi'),
    });
    const writer = await ledger.write('summer', now);
    await writer.freeze({
      list: 'customers',
      basis: 'consent',
      messages: { en: 'digest' },
      candidates: onlyAnna(recipient),
      languageOf: () => 'en',
      confirm: () => {},
      now,
    });
    await writer.turn({ settle: [], claim: { chunks: 1, size: 1 }, exclude: () => () => undefined, now });
    const refused = await json('privacy', 'erase', 'kaldi', anna, '--yes');
    expect(refused).toMatchObject({ error: { code: 'ERASURE_WAITS', exitCode: 75 } });
    expect(JSON.stringify(refused)).not.toMatch(/ozola/i);
    const lists = await listsIn(dir, 'kaldi');
    expect(lists.suppression.count()).toBe(1);
    expect(lists.suppression.find(recipient)?.reason).toBe('erased');
    lists.close();
    await writer.release();
    await ledger.close();
    expect(await json('privacy', 'erase', 'kaldi', anna, '--yes')).toMatchObject({ lists: 1, sends: 1 });
  }, 120_000);

  it('says what is unfinished while somebody reads the lists, and finishes the next time', async () => {
    const { dir, json } = await office();
    const reader = new DatabaseSync(join(dir, '.sec/clients/kaldi/lists.sqlite'), { readOnly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM block').get();
    const unfinished = await json('privacy', 'erase', 'kaldi', anna, '--yes');
    expect(unfinished).toMatchObject({ error: { code: 'ERASURE_UNFINISHED', exitCode: 75 } });
    expect(JSON.stringify(unfinished)).not.toMatch(/ozola|Nothing was changed/i);
    expect(await json('privacy', 'export', 'kaldi', anna)).toMatchObject({
      suppressed: { reason: 'erased' },
    });
    reader.close();
    expect(await json('privacy', 'erase', 'kaldi', anna, '--yes')).toMatchObject({ left: [] });
    expect(filesHolding(join(dir, '.sec/clients/kaldi'), anna)).toEqual([]);
  }, 120_000);

  it('suppresses also whom it does not know', async () => {
    const { json, run } = await office();
    expect((await run('privacy', 'erase', 'kaldi', 'new@example.com', '--dry-run')).stdout).toContain(
      'Nothing is held',
    );
    expect(await json('privacy', 'erase', 'kaldi', 'new@example.com', '--yes')).toMatchObject({
      lists: 0,
      suppressed: true,
    });
    expect(await json('privacy', 'export', 'kaldi', 'new@example.com')).toMatchObject({
      suppressed: { reason: 'erased' },
    });
    expect(await json('privacy', 'erase', 'kaldi', 'new', '--yes')).toMatchObject({
      error: { code: 'ADDRESS_INVALID' },
    });
  }, 120_000);
});
