import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { approvingOffice, page, siteYaml } from '../support/approval.ts';
import { approve, publish, verdict } from '../support/approval-steps.ts';
import { write } from '../support/kaldi.ts';

describe('the client’s rules', () => {
  it('change only under the old ones', async () => {
    const office = approvingOffice();
    await approve(office, 'site');
    write(
      office.cwd,
      'sites/kaldi/site.yaml',
      siteYaml({ policy: '{approval: {site: none, campaign: none}}' }),
    );
    expect(await publish(office)).toBe('POLICY_UNAPPROVED');
    expect(
      await verdict(
        office,
        'promo',
        'send',
        'kaldi',
        'spring',
        '--csv',
        join(office.cwd, 'customers.csv'),
        '--basis',
        'customer',
        '--yes',
      ),
    ).toBe('POLICY_UNAPPROVED');
    expect((await office.run('approval', 'verify', 'kaldi')).code).toBe(1);
    await approve(office, 'policy');
    expect(await publish(office)).toBe('done');
  });

  it('ask both approvers about a large audience', async () => {
    const approvers =
      '[{name: Anna Berg, email: anna@kaldi.example}, {name: Juris Kalns, email: juris@kaldi.example}]';
    const office = approvingOffice({ policy: '{approval: {campaign: required, secondAbove: 2}}', approvers });
    const list = ['--csv', join(office.cwd, 'customers.csv'), '--basis', 'customer'];
    await office.run('approval', 'request', 'kaldi', 'spring', ...list, '--yes');
    const mails = await office.mails();
    expect(mails.map(({ to }) => to?.[0]?.address).sort()).toEqual([
      'anna@kaldi.example',
      'juris@kaldi.example',
    ]);
    const codes = mails.map(({ text = '' }) => /([2-9A-Z]{5}-){3}[2-9A-Z]{5}/.exec(text)?.[0] ?? '');
    await office.run('approval', 'record', 'kaldi', codes[0] ?? '');
    expect(await verdict(office, 'promo', 'send', 'kaldi', 'spring', ...list, '--yes')).toBe(
      'APPROVAL_SECOND_MISSING',
    );
    await office.run('approval', 'record', 'kaldi', codes[1] ?? '');
    expect(await verdict(office, 'promo', 'send', 'kaldi', 'spring', ...list, '--yes')).toBe('done');
  });

  it('ask about prices alone', async () => {
    const office = approvingOffice({ policy: '{approval: {site: prices}}' });
    expect(await publish(office)).toBe('APPROVAL_MISSING');
    await approve(office, 'site');
    expect(await publish(office)).toBe('done');
    page(office.cwd, '_index', 'Home', 'Fresh coffee every night.');
    expect(await publish(office)).toBe('done');
    page(office.cwd, 'prices', 'Prices', 'Sidamo 9.90 €');
    expect(await publish(office)).toBe('APPROVAL_STALE');
  });
});
