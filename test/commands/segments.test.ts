import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inWorkspace } from '../support/in-workspace.ts';
import { brief, promoWorkspace } from '../support/promo-workspace.ts';

const people =
  'email,First name,city,orders\nanna@example.com,Anna,Rīga,5\nbob@example.com,Bob,RĪGA,1\n' +
  'cilda@example.com,Cilda,Liepāja,9\ndace@example.com,Dace,Rīga,\nnobody,N,Rīga,9\nanna@example.com,A,Rīga,5\n';

/** A workspace where the people above are the list `customers`. */
async function workspace(campaign = brief('Hello.', 'list: customers\n')) {
  const { dir: cwd, write } = promoWorkspace();
  write('customers.csv', people);
  write('campaigns/kaldi/spring/campaign.md', campaign);
  const run = inWorkspace(cwd);
  await run('list', 'import', 'kaldi', 'customers', 'customers.csv', '--basis', 'consent', '--yes');
  return { cwd, write, run };
}
const segment = 'city == "Rīga" && orders >= 3';

describe('a part of a list', () => {
  it('is shown, checked and exported with its counts', async () => {
    const { cwd, run } = await workspace();
    const shown = await run('list', 'show', 'kaldi', 'customers', '--where', segment, '--json');
    expect(shown.json()).toMatchObject({
      segment: {
        where: segment,
        matched: 1,
        notMatched: 3,
        empty: [{ column: 'orders', recipients: 1 }],
      },
      recipients: 1,
      columns: [{ name: 'first_name', filled: 1 }, {}, {}],
    });
    const read = await run('list', 'show', 'kaldi', 'customers', '--where', segment);
    expect(read.stdout).toMatch(/^Only city .* 1 of 4 recipients\n {2}"orders" is empty for 1 recipient\n/);
    const checked = await run('list', 'check', 'kaldi', 'customers', '--where', 'orders == ""', '--json');
    expect(checked.json()).toMatchObject({ segment: { matched: 1 }, problems: [{ rule: 'field-gaps' }] });
    const words = ['list', 'export', 'kaldi', 'customers', '--where', 'city == "rīga"', '--out', 'part.csv'];
    expect((await run(...words, '--json')).json()).toMatchObject({ recipients: 3, segment: { matched: 3 } });
    expect(readFileSync(join(cwd, 'part.csv'), 'utf8').split('\r\n')).toHaveLength(5);
  });

  it('exports nobody where a cell cannot be read', async () => {
    const { cwd, write, run } = await workspace();
    write('more.csv', 'email,orders\nerna@example.com,many\n');
    await run('list', 'import', 'kaldi', 'customers', 'more.csv', '--basis', 'consent', '--yes');
    const words = ['list', 'export', 'kaldi', 'customers', '--where', segment, '--out', 'part.csv', '--json'];
    const city = await run(...words);
    expect(city.json()).toMatchObject({ recipients: 1 });
    const ran = await run(...words.with(5, 'orders >= 3'), '--yes');
    expect(ran.json()).toMatchObject({
      error: { code: 'SEGMENT_VALUE', message: expect.stringMatching(/^more\.csv, line 2, field "orders"/) },
    });
    expect(ran.code).toBe(65);
    expect(readFileSync(join(cwd, 'part.csv'), 'utf8').split('\r\n')).toHaveLength(3);
  });

  it.each([
    ['a list', []],
    ['a CSV file', ['--csv', 'customers.csv', '--basis', 'customer']],
  ])('of %s is sent to, and those left out are counted', async (_, source) => {
    const { run } = await workspace();
    const words = ['promo', 'send', 'kaldi', 'spring', ...source, '--where', segment];
    const ways = [...words, '--transport', 'outbox:out', '--yes'];
    const plan = await run(...ways, '--dry-run');
    expect(plan.stdout).toMatch(/only +city == "Rīga" && orders >= 3\n +"orders" is empty for 1 recipient/);
    const sent = await run(...ways, '--json');
    const [invalid, duplicate] = source.length > 0 ? [1, 1] : [0, 0];
    expect(sent.json()).toMatchObject({
      state: 'finished',
      candidates: 4 + invalid + duplicate,
      excluded: { segment: 3, suppressed: 0, invalid, duplicate },
      accepted: 1,
      balanced: true,
    });
    const late = await run(...ways, '--json');
    expect(late.json()).toMatchObject({ error: { code: 'SEGMENT_LATE', exitCode: 77 } });
    expect((await run('promo', 'status', 'kaldi', 'spring', '--json')).json()).toMatchObject({
      accepted: 1,
    });
  });

  it('is chosen by the brief, and --where narrows it further', async () => {
    const { run } = await workspace(brief('Hello.', `list: customers\nwhere: 'city == "rīga"'\n`));
    const dry = ['promo', 'send', 'kaldi', 'spring', '--transport', 'outbox:out', '--dry-run', '--json'];
    expect((await run(...dry)).json()).toMatchObject({ planned: 3, excluded: { segment: 1 } });
    const narrowed = await run(...dry, '--where', 'orders < 3 || email == "cilda@example.com"');
    expect(narrowed.json()).toMatchObject({ planned: 1, excluded: { segment: 3 } });
    expect((await run('promo', 'check', 'kaldi', 'spring', '--json')).json()).toMatchObject({ errors: 0 });
  });

  it.each([
    ['cty == "Rīga"', 'SEGMENT_COLUMN_UNKNOWN', /no column "cty"/, /Did you mean "city"/],
    ['city = "Rīga"', 'SEGMENT_INVALID', /two equals signs/, /city == /],
    ['city > 3', 'SEGMENT_VALUE', /customers\.csv, line 2, field "city".*a number/, /Correct the cell/],
  ])('that cannot be chosen, %s, is refused by send and found by check', async (where, code, says, hint) => {
    const { run } = await workspace(brief('Hello.', `list: customers\nwhere: '${where}'\n`));
    const sent = await run(
      'promo',
      'send',
      'kaldi',
      'spring',
      '--transport',
      'outbox:out',
      '--yes',
      '--json',
    );
    expect(sent.json()).toMatchObject({
      error: { code, message: expect.stringMatching(says), hint: expect.stringMatching(hint) },
    });
    const status = await run('promo', 'status', 'kaldi', 'spring', '--json');
    expect(status.json()).toMatchObject({ state: 'unsent', candidates: 0 });
    const checked = await run('promo', 'check', 'kaldi', 'spring', '--json');
    expect(checked.json<{ problems: unknown[] }>().problems).toContainEqual(
      expect.objectContaining({
        rule: 'segment',
        severity: 'error',
        file: 'campaigns/kaldi/spring/campaign.md',
        line: 5,
        message: expect.stringMatching(says),
      }),
    );
  });
});
