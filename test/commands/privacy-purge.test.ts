import { readdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openEvents } from '../../src/adapters/events/sqlite-log.ts';
import { inWorkspace } from '../support/in-workspace.ts';
import { promoWorkspace, site } from '../support/promo-workspace.ts';

const now = Temporal.Now.instant();
const ago = (days: number) => now.subtract({ hours: 24 * days });

/** An office whose client asked for these months, with people and a campaign of long ago. */
async function office(retention: string) {
  const { dir, write } = promoWorkspace();
  write('sites/kaldi/site.yaml', `${site('Kaldi Coffee', 'kaldi')}${retention}`);
  write('old.csv', 'email,first_name\nold@example.com,OLDNAME\nmailed@example.com,M\n,bad\n');
  write('new.csv', 'email,first_name\nnew@example.com,N\n');
  const run = inWorkspace(dir);
  const json = async (...words: string[]) => (await run(...words, '--json')).json();
  const state = join(dir, '.sec/clients/kaldi');
  const change = (file: string, sql: string) => {
    const database = new DatabaseSync(join(state, file));
    database.exec(sql);
    database.close();
  };
  await run('list', 'import', 'kaldi', 'customers', 'old.csv', '--basis', 'consent', '--yes');
  change('lists.sqlite', `UPDATE import SET at = '${ago(800)}'`);
  await run('list', 'import', 'kaldi', 'customers', 'new.csv', '--basis', 'consent', '--yes');
  const [reject = ''] = readdirSync(join(state, 'rejects'));
  utimesSync(join(state, 'rejects', reject), 1_000_000, 1_000_000);
  const send = (campaign: string, ...more: string[]) =>
    json('promo', 'send', 'kaldi', campaign, '--transport', 'outbox:out', '--yes', ...more);
  await send('spring', '--list', 'customers');
  change('ledger.sqlite', `UPDATE delivery SET changed = ${ago(500).epochMilliseconds}`);
  write('campaigns/kaldi/autumn/campaign.md', '---\nsubject: Autumn\ntemplate: promo\n---\nHello.\n');
  write('mailed.csv', 'email\nmailed@example.com\n');
  await send('autumn', '--csv', 'mailed.csv', '--basis', 'consent');
  const log = openEvents(state, 'kaldi');
  for (const [id, days] of [
    ['old', 400],
    ['new', 1],
  ] as const)
    await log.add([{ id, kind: 'delivered', at: ago(days), recipient: 'a'.repeat(22), campaign: 'spring' }]);
  await log.close();
  return { state, run, json };
}

describe('sec privacy purge', () => {
  it('removes what is older than the client allows, after it showed it, to the last byte', async () => {
    const { state, run, json } = await office(
      'retention: {lists: 12, campaigns: 12, events: 6, rejects: 1}\n',
    );
    const all = {
      client: 'kaldi',
      retention: { lists: 12, campaigns: 12, events: 6, rejects: 1 },
      lists: [{ list: 'customers', people: 1 }],
      campaigns: [{ campaign: 'spring', recipients: 3 }],
      events: 1,
      rejects: [expect.stringMatching(/^\.sec\/clients\/kaldi\/rejects\/customers-.*\.csv$/)],
    };
    expect(await json('privacy', 'purge', 'kaldi', '--dry-run')).toEqual({ ...all, dryRun: true });
    const asked = await json('privacy', 'purge', 'kaldi');
    expect(asked).toMatchObject({ error: { code: 'CONFIRMATION_NEEDED' } });
    expect(await json('list', 'show', 'kaldi', 'customers')).toMatchObject({ recipients: 3 });

    expect(await json('privacy', 'purge', 'kaldi', '--yes')).toEqual({ ...all, dryRun: false });
    for (const name of readdirSync(state).filter((one) => one.includes('.sqlite')))
      expect({ name, holds: /old@example|OLDNAME/.test(readFileSync(join(state, name), 'latin1')) }).toEqual({
        name,
        holds: false,
      });
    expect(readdirSync(join(state, 'rejects'))).toEqual([]);
    expect(await json('list', 'show', 'kaldi', 'customers')).toMatchObject({ recipients: 2, suppressed: 0 });
    expect(await json('promo', 'status', 'kaldi', 'spring')).toMatchObject({ accepted: 3, balanced: true });
    expect(await json('privacy', 'export', 'kaldi', 'mailed@example.com')).toMatchObject({
      lists: [{}],
      sends: [
        { campaign: 'spring', address: null },
        { campaign: 'autumn', address: 'mailed@example.com' },
      ],
    });
    const again = await run('privacy', 'purge', 'kaldi');
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('nothing is older')]);
  }, 120_000);

  it('removes nothing but old rejected rows where no months are named, and refuses months that are none', async () => {
    const { run, json } = await office('');
    expect(await json('privacy', 'purge', 'kaldi', '--yes')).toMatchObject({
      retention: {},
      ...{ lists: [], campaigns: [], events: 0, rejects: [expect.stringContaining('customers-')] },
    });
    expect((await run('privacy', 'purge', 'kaldi')).stdout).toContain('names no retention');
    const { dir, write } = promoWorkspace();
    write('sites/kaldi/site.yaml', `${site('Kaldi Coffee', 'kaldi')}retention: {lists: 0}\n`);
    const refused = await inWorkspace(dir)('privacy', 'purge', 'kaldi');
    expect([refused.code, refused.stderr]).toEqual([78, expect.stringContaining('write 1 or more')]);
  }, 120_000);
});
