import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inWorkspace } from '../support/in-workspace.ts';
import { promoWorkspace, site } from '../support/promo-workspace.ts';

const zoe = 'zoe@example.org';

function office() {
  const { dir: cwd, write } = promoWorkspace();
  write('sites/dentist/site.yaml', site('Dentist', 'dentist'));
  write('people.csv', `email,first_name\n${zoe},Zoe\nanna@example.com,Anna\n`);
  const run = inWorkspace(cwd);
  const json = async (...words: string[]) => (await run(...words, '--json')).json();
  const importFor = (client: string, ...more: string[]) =>
    json('list', 'import', client, 'customers', 'people.csv', '--basis', 'consent', '--yes', ...more);
  return { cwd, run, json, importFor };
}

describe('what the office suppresses for every client', () => {
  it('holds for imports, lists and sends of each of them, until the person asks otherwise', async () => {
    const { json, importFor } = office();
    expect(await importFor('dentist')).toMatchObject({ added: 2 });
    const done = await json('list', 'suppress', '--office', 'Zoe@Example.org', '--reason', 'asked');
    expect(done).toMatchObject({ client: null, office: true, changed: true, suppressed: true });
    expect(await json('list', 'suppress', '--office', zoe)).toMatchObject({ changed: false });

    expect(await importFor('kaldi')).toMatchObject({
      added: 1,
      suppressed: 1,
      examples: { suppressed: [2] },
    });
    expect(await json('list', 'show', 'dentist', 'customers')).toMatchObject({
      recipients: 2,
      suppressed: 1,
    });
    const proof = await json('list', 'show', 'dentist', 'customers', '--consent', zoe);
    expect(proof).toMatchObject({ suppressed: true });
    const send = ['promo', 'send', 'kaldi', 'spring', '--transport', 'outbox:out', '--yes'];
    const sent = await json(...send, '--csv', 'people.csv', '--basis', 'consent');
    expect(sent).toMatchObject({ candidates: 2, excluded: { suppressed: 1 }, accepted: 1, balanced: true });

    const mine = await json('list', 'allow', 'dentist', zoe, '--yes');
    expect(mine).toMatchObject({ changed: false, stillByOffice: true, suppressed: true });
    expect(await json('list', 'allow', '--office', zoe, '--yes')).toMatchObject({ changed: true });
    expect(await importFor('kaldi')).toMatchObject({ added: 1, unchanged: 1, suppressed: 0 });
  });

  it('is kept as a hash of its own: neither the address nor the id at a client is in it', async () => {
    const { cwd, json } = office();
    const own = await json('list', 'suppress', 'kaldi', zoe);
    const all = await json('list', 'suppress', '--office', zoe);
    expect(all.recipient).not.toBe(own.recipient);
    const folder = join(cwd, '.sec/office');
    const kept = readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'));
    expect(kept.join()).not.toMatch(/zoe@|example/i);
    expect(kept.join()).not.toContain(own.recipient);
    expect(kept.join()).toContain(all.recipient);
  });

  it('stops every send while it cannot be looked up', async () => {
    const { cwd, json, run } = office();
    await json('list', 'suppress', '--office', zoe);
    rmSync(join(cwd, '.sec/office/lists.key'));
    const send = ['promo', 'send', 'kaldi', 'spring', '--transport', 'outbox:out', '--yes', '--json'];
    const ran = await run(...send, '--csv', 'people.csv', '--basis', 'consent');
    expect(ran.json()).toMatchObject({
      error: { code: 'LISTS_KEY_LOST', message: expect.stringContaining('of the office') },
    });
    expect(await json('promo', 'status', 'kaldi', 'spring')).toMatchObject({ candidates: 0 });
  });

  it('is no matter of one client, and asks before it is taken back', async () => {
    const { run } = office();
    const both = await run('list', 'suppress', '--office', 'kaldi', zoe, '--json');
    expect(both.json()).toMatchObject({ error: { code: 'USAGE', exitCode: 2 } });
    const none = await run('list', 'suppress', '--office', '--json');
    expect(none.json()).toMatchObject({ error: { code: 'WORD_MISSING' } });
    const allow = await run('list', 'allow', '--office', zoe, '--json');
    expect(allow.json()).toMatchObject({ error: { code: 'CONFIRMATION_NEEDED' } });
  });
});
