import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { approvingOffice, type Office, siteYaml } from '../support/approval.ts';
import { write } from '../support/kaldi.ts';

const none = '{approval: {site: none, campaign: none}}';

async function send(office: Office, what: 'send' | 'resume' = 'send', ...flags: string[]): Promise<string> {
  const ran = await office.run('promo', what, 'kaldi', 'spring', ...flags, '--yes', '--json');
  if (ran.code === 0) return 'done';
  expect(ran.code).toBe(77);
  return ran.json<{ error: { code: string } }>().error.code;
}

const listOf = ({ cwd }: Office) => ['--csv', join(cwd, 'customers.csv'), '--basis', 'customer'];
const mails = ({ cwd }: Office) =>
  readdirSync(join(cwd, 'outbox')).filter((name) => !name.startsWith('approval-'));

async function approve(office: Office): Promise<string> {
  await office.run('approval', 'request', 'kaldi', 'spring', ...listOf(office), '--yes');
  const ran = await office.run('approval', 'record', 'kaldi', await office.code('approve'), '--json');
  return ran.json<{ statement: string }>().statement;
}

const rules = (office: Office, policy: string, approvers?: string) =>
  write(office.cwd, 'sites/kaldi/site.yaml', siteYaml({ policy, ...(approvers ? { approvers } : {}) }));

describe('promo send --require-approval', { timeout: 180_000 }, () => {
  it('asks for an approval where the rules ask for none, and each refusal has its own code', async () => {
    const office = approvingOffice({ policy: none });
    const ci = (...more: string[]) => send(office, 'send', ...listOf(office), '--require-approval', ...more);
    expect(await ci()).toBe('APPROVAL_MISSING');
    const statement = await approve(office);
    expect(await ci('--transport', 'outbox:elsewhere')).toBe('APPROVAL_STALE');
    rules(office, '{approval: {site: none, campaign: none}, sending: {hours: "00:00-00:01"}}');
    expect(await ci()).toBe('APPROVAL_STALE');
    rules(office, none);
    await office.run('approval', 'revoke', 'kaldi', statement, '--yes');
    expect(await ci()).toBe('APPROVAL_REVOKED');
    await approve(office);
    expect(await ci()).toBe('done');
    expect(mails(office)).toHaveLength(3);
  });

  it('holds for going on as well', async () => {
    const office = approvingOffice({ policy: none });
    expect(await send(office, 'send', ...listOf(office))).toBe('done');
    change(office, "UPDATE delivery SET state = 'planned', attempt = 0");
    expect(await send(office, 'resume', '--require-approval')).toBe('APPROVAL_MISSING');
    expect(mails(office)).toHaveLength(3);
  });
});

describe('a campaign that was approved and begun', { timeout: 180_000 }, () => {
  it('goes on to those of them who are left, also after somebody left the list', async () => {
    const office = approvingOffice();
    await approve(office);
    expect(await send(office, 'send', ...listOf(office))).toBe('done');
    change(
      office,
      "UPDATE delivery SET state = 'planned', attempt = 0 WHERE id IN (SELECT id FROM person WHERE address <> 'anna@example.com')",
    );
    await office.run('list', 'suppress', 'kaldi', 'bob@example.org');
    rmSync(join(office.cwd, 'outbox'), { recursive: true });
    expect(await send(office, 'resume')).toBe('done');
    expect(mails(office)).toHaveLength(1);
  });

  it('is approved anew for those who are left, whoever is on its list by now', async () => {
    const office = approvingOffice({ policy: none });
    const list = ['--list', 'customers'];
    const take = (rows: string) => {
      write(office.cwd, 'customers.csv', `email,First name\n${rows}`);
      return office.run(
        'list',
        'import',
        'kaldi',
        'customers',
        join(office.cwd, 'customers.csv'),
        '--basis',
        'customer',
        '--yes',
      );
    };
    await take('anna@example.com,Anna\nbob@example.org,Bob\nconstanze@example.com,Constanze\n');
    expect(await send(office, 'send', ...list)).toBe('done');
    change(
      office,
      "UPDATE delivery SET state = 'planned', attempt = 0 WHERE id IN (SELECT id FROM person WHERE address <> 'anna@example.com')",
    );
    expect(await send(office, 'resume', '--require-approval')).toBe('APPROVAL_MISSING');
    await take('mallory@example.com,Mallory\n');

    const asked = await office.run('approval', 'request', 'kaldi', 'spring', '--yes');
    expect(asked.code).toBe(0);
    const [mail] = await office.mails();
    expect(mail?.text).toContain('2 people on the list');
    await office.run('approval', 'record', 'kaldi', await office.code('approve'));
    rmSync(join(office.cwd, 'outbox'), { recursive: true });
    expect(await send(office, 'resume', '--require-approval')).toBe('done');
    expect(mails(office)).toHaveLength(2);
  });

  it('is not asked about with another text: that could not go out', async () => {
    const office = approvingOffice({ policy: none });
    expect(await send(office, 'send', ...listOf(office))).toBe('done');
    change(
      office,
      "UPDATE delivery SET state = 'planned', attempt = 0 WHERE id IN (SELECT id FROM person WHERE address <> 'anna@example.com')",
    );
    write(office.cwd, 'campaigns/kaldi/spring/campaign.md', '---\nsubject: Other\n---\nOther words.\n');
    const ran = await office.run(
      'approval',
      'request',
      'kaldi',
      'spring',
      ...listOf(office),
      '--yes',
      '--json',
    );
    expect(ran.json()).toMatchObject({ error: { code: 'MESSAGE_CHANGED', exitCode: 77 } });
    expect(await office.mails()).toEqual([]);
  });

  it('asks for its file again where its people came from one', async () => {
    const office = approvingOffice({ policy: none });
    expect(await send(office, 'send', ...listOf(office))).toBe('done');
    const ask = () => office.run('approval', 'request', 'kaldi', 'spring', '--yes', '--json');
    const code = (ran: Awaited<ReturnType<typeof ask>>) =>
      ran.json<{ error: { code: string; hint: string } }>().error;
    expect(code(await ask()).code).toBe('APPROVAL_NOTHING_NEW');
    change(office, "UPDATE delivery SET state = 'planned', attempt = 0");
    expect(code(await ask())).toMatchObject({
      code: 'APPROVAL_LIST_NEEDED',
      hint: expect.stringContaining('sec approval request kaldi spring --csv customers.csv'),
    });
    write(
      office.cwd,
      'customers.csv',
      'email,First name\nanna@example.com,Anna\nmallory@example.com,Mallory\n',
    );
    await office.run('approval', 'request', 'kaldi', 'spring', ...listOf(office), '--yes');
    expect((await office.mails())[0]?.text).toContain('3 people on the list “customers.csv”');
  });

  it.each([
    ['another address in the place of one', "address = 'mallory@example.com'"],
    ['another address and another key', "address = 'mallory@example.com', key = 'mallory@example.com'"],
    ['another person’s number too', "address = 'mallory@example.com', key = 'm', recipient = 'unknown'"],
  ])('is refused where its record of sends holds %s', async (_what, change_) => {
    const office = approvingOffice();
    await approve(office);
    expect(await send(office, 'send', ...listOf(office))).toBe('done');
    change(
      office,
      `UPDATE delivery SET state = 'planned', attempt = 0 WHERE id = (SELECT id FROM person WHERE address = 'bob@example.org');
       UPDATE person SET ${change_} WHERE address = 'bob@example.org'`,
    );
    expect(await send(office, 'resume')).toBe('APPROVAL_AUDIENCE_GREW');
    expect(mails(office)).toHaveLength(3);
  });

  it('is not the one of other people who were approved under the same name', async () => {
    const office = approvingOffice({ policy: none });
    const [theirs, others] = [
      readFileSync(join(office.cwd, 'customers.csv'), 'utf8'),
      'email,First name\ndace@example.com,Dace\nelza@example.org,\nfricis@example.com,Fricis\n',
    ];
    write(office.cwd, 'customers.csv', others);
    await approve(office);
    write(office.cwd, 'customers.csv', theirs);
    expect(await send(office, 'send', ...listOf(office))).toBe('done');
    change(office, "UPDATE delivery SET state = 'planned', attempt = 0");
    expect(await send(office, 'resume', '--require-approval')).toBe('APPROVAL_AUDIENCE_GREW');
    expect(mails(office)).toHaveLength(3);
  });
});

it('says that the record of sends is damaged where one bit of its own rules was changed', async () => {
  const office = approvingOffice({ policy: none });
  expect(await send(office, 'send', ...listOf(office))).toBe('done');
  change(office, "UPDATE delivery SET state = 'planned', attempt = 0; PRAGMA wal_checkpoint(TRUNCATE)");
  const file = join(office.cwd, '.sec/clients/kaldi/ledger.sqlite');
  const bytes = readFileSync(file, 'latin1');
  expect(bytes).toContain("'sending'");
  writeFileSync(file, bytes.replaceAll("'sending'", "'wending'"), 'latin1');
  rmSync(join(office.cwd, 'outbox'), { recursive: true });
  const ran = await office.run('promo', 'resume', 'kaldi', 'spring', '--yes', '--json');
  expect(ran.json()).toMatchObject({ error: { code: 'LEDGER_DAMAGED', exitCode: 74 } });
  expect(mails(office)).toEqual([]);
});

it('says that the record of sends is damaged where a time in it is none any more', async () => {
  const office = approvingOffice({ policy: none });
  expect(await send(office, 'send', ...listOf(office))).toBe('done');
  change(
    office,
    "UPDATE delivery SET state = 'planned', attempt = 0; UPDATE campaign SET frozen = 9000000000000000",
  );
  const ran = await office.run('promo', 'resume', 'kaldi', 'spring', '--yes', '--json');
  expect(ran.json()).toMatchObject({ error: { code: 'LEDGER_DAMAGED', exitCode: 74 } });
});

/** Changes the record of sends behind sec's back. */
function change({ cwd }: Office, sql: string): void {
  const database = new DatabaseSync(join(cwd, '.sec/clients/kaldi/ledger.sqlite'));
  database.exec(sql);
  database.close();
}
