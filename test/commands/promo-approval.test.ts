import { readdirSync, rmSync } from 'node:fs';
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

describe('promo send --require-approval', () => {
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

describe('a campaign that was approved and begun', () => {
  it('goes on to those of them who are left, also after somebody left the list', async () => {
    const office = approvingOffice();
    await approve(office);
    expect(await send(office, 'send', ...listOf(office))).toBe('done');
    change(office, "UPDATE delivery SET state = 'planned', attempt = 0 WHERE address <> 'anna@example.com'");
    await office.run('list', 'suppress', 'kaldi', 'bob@example.org');
    rmSync(join(office.cwd, 'outbox'), { recursive: true });
    expect(await send(office, 'resume')).toBe('done');
    expect(mails(office)).toHaveLength(1);
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
      `UPDATE delivery SET state = 'planned', attempt = 0, ${change_} WHERE address = 'bob@example.org'`,
    );
    expect(await send(office, 'resume')).toBe('APPROVAL_AUDIENCE_GREW');
    expect(mails(office)).toHaveLength(3);
  });

  it('is not the one of other people who were approved later under the same name', async () => {
    const office = approvingOffice({ policy: none });
    expect(await send(office, 'send', ...listOf(office))).toBe('done');
    change(office, "UPDATE delivery SET state = 'planned', attempt = 0");
    write(
      office.cwd,
      'customers.csv',
      'email,First name\ndace@example.com,Dace\nelza@example.org,\nfricis@example.com,Fricis\n',
    );
    await approve(office);
    expect(await send(office, 'resume', '--require-approval')).toBe('APPROVAL_AUDIENCE_GREW');
    expect(mails(office)).toHaveLength(3);
  });
});

/** Changes the record of sends behind sec's back. */
function change({ cwd }: Office, sql: string): void {
  const database = new DatabaseSync(join(cwd, '.sec/clients/kaldi/ledger.sqlite'));
  database.exec(sql);
  database.close();
}
