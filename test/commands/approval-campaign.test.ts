import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { approvingOffice, type Office } from '../support/approval.ts';
import { approve, verdict } from '../support/approval-steps.ts';
import { filesIn, write } from '../support/kaldi.ts';

describe('a campaign under approval', () => {
  const listOf = ({ cwd }: Office) => ['--csv', join(cwd, 'customers.csv'), '--basis', 'customer'];

  it('goes to those who were approved, and to nobody else', async () => {
    const office = approvingOffice();
    const list = listOf(office);
    expect(await verdict(office, 'promo', 'send', 'kaldi', 'spring', ...list, '--yes')).toBe(
      'APPROVAL_MISSING',
    );
    await approve(office, 'spring', ...list);
    write(
      office.cwd,
      'customers.csv',
      'email,First name\nanna@example.com,Anna\nmallory@example.com,Mallory\n',
    );
    expect(await verdict(office, 'promo', 'send', 'kaldi', 'spring', ...list, '--yes')).toBe(
      'APPROVAL_AUDIENCE_GREW',
    );
    write(office.cwd, 'customers.csv', 'email,First name\nanna@example.com,Anna\nbob@example.org,\n');
    const ran = await office.run('promo', 'send', 'kaldi', 'spring', ...list, '--yes', '--json');
    expect(ran.json()).toMatchObject({ accepted: 2, approval: { tier: 'T1', approvers: ['Anna Berg'] } });
  });

  it('shows three samples, and leaves no address in what is committed, logged or printed', async () => {
    const office = approvingOffice();
    const list = listOf(office);
    const asked = await office.run('approval', 'request', 'kaldi', 'spring', ...list, '--yes', '--json');
    const { requests } = asked.json<{ requests: { bundle: string }[] }>();
    const bundle = requests[0]?.bundle ?? '';
    expect(readdirSync(bundle).sort()).toEqual([
      'index.html',
      'robots.txt',
      'sample-1.html',
      'sample-2.html',
      'sample-3.html',
    ]);
    expect(readFileSync(join(bundle, 'sample-1.html'), 'utf8')).toContain('noindex');
    const [mail] = await office.mails();
    expect(mail?.text).toContain('Subject:\n– Spring blends, Anna\n');
    await office.run('approval', 'record', 'kaldi', await office.code('approve'));
    const kept = [
      ...Object.values(filesIn(office.cwd, 'sites/kaldi/approvals')),
      ...Object.values(filesIn(office.cwd, '.sec/audit')),
      ...Object.values(filesIn(office.cwd, '.sec/clients/kaldi/approvals')),
    ].join('\n');
    for (const address of [
      'anna@example.com',
      'bob@example.org',
      'constanze@',
      'anna@kaldi.example',
      'Constanze',
    ])
      expect(`${kept}${asked.stdout}`).not.toContain(address);
  });

  it('is not sent with another text than was approved', async () => {
    const office = approvingOffice();
    const list = listOf(office);
    await approve(office, 'spring', ...list);
    write(office.cwd, 'campaigns/kaldi/spring/campaign.md', '---\nsubject: Other\n---\nOther words.\n');
    expect(await verdict(office, 'promo', 'send', 'kaldi', 'spring', ...list, '--yes')).toBe(
      'APPROVAL_STALE',
    );
  });
});
