import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { approvingOffice, type Office, page, secIn, siteYaml } from '../support/approval.ts';
import { filesIn, write } from '../support/kaldi.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Failure {
  readonly error: { readonly code: string; readonly message: string };
}

/** The refusal's code, or `done`. */
async function verdict(office: Office, ...words: string[]): Promise<string> {
  const ran = await office.run(...words, '--json');
  if (ran.code === 0) return 'done';
  expect(ran.code).toBe(77);
  return ran.json<Failure>().error.code;
}

const publish = (office: Office, ...flags: string[]) =>
  verdict(office, 'site', 'publish', 'kaldi', '--yes', ...flags);

async function approve(office: Office, ...subject: string[]): Promise<string> {
  const asked = await office.run('approval', 'request', 'kaldi', ...subject, '--yes', '--json');
  expect({ code: asked.code, said: asked.code === 0 ? '' : asked.stdout }).toEqual({ code: 0, said: '' });
  const code = await office.code('approve');
  const ran = await office.run('approval', 'record', 'kaldi', code, '--json');
  expect(ran.code).toBe(0);
  return ran.json<{ statement: string }>().statement;
}

describe('an approval by code', () => {
  it('lets exactly what was shown go live, once, from that state of the site', async () => {
    const office = approvingOffice();
    expect(await publish(office)).toBe('APPROVAL_MISSING');
    const statement = await approve(office, 'site');
    const ran = await office.run('site', 'publish', 'kaldi', '--yes', '--json', '--require-approval');
    expect(ran.json()).toMatchObject({
      applied: true,
      approval: { statements: [statement], tier: 'T1', approvers: ['Anna Berg'] },
    });
    page(office.cwd, 'prices', 'Prices', 'Sidamo 8.90 €');
    expect(await publish(office)).toBe('APPROVAL_STALE');
    await approve(office, 'site');
    expect(await publish(office)).toBe('done');
    expect(await verdict(office, 'site', 'rollback', 'kaldi', '--yes')).toBe('APPROVAL_STALE');
    expect(filesIn(office.cwd, 'public/kaldi')['prices/index.html']).toContain('8.90');
    expect((await office.run('audit', 'verify')).code).toBe(0);
  });

  it('verifies offline in a fresh checkout, and refuses there what was tampered with', async () => {
    const office = approvingOffice();
    const statement = await approve(office, 'site');
    const checkout = temporaryFolder();
    for (const name of ['sec.yaml', 'sites'])
      cpSync(join(office.cwd, name), join(checkout, name), { recursive: true });
    const ci = (...words: string[]) => secIn(checkout, join(checkout, 'no-keys'), words);
    const code = async () => {
      const ran = await ci('site', 'publish', 'kaldi', '--yes', '--json', '--require-approval');
      return ran.code === 0 ? 'done' : ran.json<Failure>().error.code;
    };
    const file = join(checkout, `sites/kaldi/approvals/${statement}.json`);
    const whole = readFileSync(file);
    const changed = Buffer.from(whole);
    changed[200] = (changed[200] ?? 0) ^ 1;
    writeFileSync(file, changed);
    expect(await code()).toBe('APPROVAL_BROKEN');
    expect((await ci('approval', 'verify', 'kaldi')).code).toBe(1);
    writeFileSync(file, whole);
    const keys = readFileSync(join(checkout, 'sites/kaldi/approvals/keys.json'));
    rmSync(join(checkout, 'sites/kaldi/approvals/keys.json'));
    expect(await code()).toBe('APPROVAL_KEYS_BROKEN');
    writeFileSync(join(checkout, 'sites/kaldi/approvals/keys.json'), keys);
    expect((await ci('approval', 'verify', 'kaldi')).code).toBe(0);
    expect(await code()).toBe('done');
    expect(Object.keys(filesIn(checkout, 'public/kaldi')).length).toBeGreaterThan(3);
  });

  it('is taken once: a code twice gives one receipt, and what was withdrawn counts for nothing', async () => {
    const office = approvingOffice();
    await office.run('approval', 'request', 'kaldi', 'site', '--yes');
    const first = { approve: await office.code('approve'), changes: await office.code('changes') };
    expect(await verdict(office, 'approval', 'record', 'kaldi', '22222-33333-44444-55555')).toBe(
      'REQUEST_CODE_WRONG',
    );
    const [once, twice] = [
      await office.run('approval', 'record', 'kaldi', first.approve, '--json'),
      await office.run('approval', 'record', 'kaldi', first.approve.toLowerCase(), '--json'),
    ];
    expect(twice.json()).toEqual(once.json());
    expect(await verdict(office, 'approval', 'record', 'kaldi', first.changes)).toBe('REQUEST_DECIDED');

    page(office.cwd, 'prices', 'Prices', 'Sidamo 6.90 €');
    await office.run('approval', 'request', 'kaldi', 'site', '--yes');
    const second = await office.code('approve');
    page(office.cwd, 'prices', 'Prices', 'Sidamo 5.90 €');
    await office.run('site', 'build', 'kaldi');
    expect(await verdict(office, 'approval', 'record', 'kaldi', second)).toBe('REQUEST_WITHDRAWN');
    expect(await verdict(office, 'approval', 'record', 'kaldi', second)).toBe('REQUEST_WITHDRAWN');
    expect(Object.keys(filesIn(office.cwd, '.sec/clients/kaldi/approvals/bundles'))).toEqual([]);
  });

  it('brings back what the client wants changed', async () => {
    const office = approvingOffice();
    await office.run('approval', 'request', 'kaldi', 'site', '--yes');
    const ran = await office.run(
      'approval',
      'record',
      'kaldi',
      await office.code('changes'),
      '--comment',
      'Larger prices',
    );
    expect(ran.stdout).toContain('Anna Berg asks for changes');
    expect(ran.stdout).toContain('Larger prices');
    expect(await publish(office)).toBe('APPROVAL_MISSING');
  });

  it('is taken back, at once', async () => {
    const office = approvingOffice();
    const statement = await approve(office, 'site');
    expect((await office.run('approval', 'revoke', 'kaldi', statement.slice(0, 8), '--yes')).code).toBe(0);
    expect(await publish(office)).toBe('APPROVAL_REVOKED');
    const revoked = join(office.cwd, `sites/kaldi/approvals/${statement}.revoked.json`);
    writeFileSync(revoked, '');
    expect(await publish(office)).toBe('APPROVAL_REVOKED');
  });

  it('is signed on no other computer than the one that has the key, and then not lost', async () => {
    const office = approvingOffice();
    await office.run('approval', 'request', 'kaldi', 'site', '--yes');
    const code = await office.code('approve');
    const elsewhere = await secIn(office.cwd, temporaryFolder(), [
      'approval',
      'record',
      'kaldi',
      code,
      '--json',
    ]);
    expect({ exit: elsewhere.code, code: elsewhere.json<Failure>().error.code }).toEqual({
      exit: 78,
      code: 'APPROVAL_KEY_MISSING',
    });
    expect((await office.run('approval', 'record', 'kaldi', code)).code).toBe(0);
    expect(await publish(office)).toBe('done');
  });

  it('by phone counts only where the client allows it', async () => {
    const office = approvingOffice();
    const asked = await office.run('approval', 'request', 'kaldi', 'site', '--yes', '--json');
    const id = asked.json<{ requests: { request: string }[] }>().requests[0]?.request ?? '';
    expect(await verdict(office, 'approval', 'record', 'kaldi', '--phone', id)).toBe('PHONE_NOT_ALLOWED');
    const trusting = approvingOffice({ policy: '{approval: {site: required}, operator: {phone: true}}' });
    const again = await trusting.run('approval', 'request', 'kaldi', 'site', '--yes', '--json');
    const { requests } = again.json<{ requests: { request: string }[] }>();
    const ran = await trusting.run('approval', 'record', 'kaldi', '--phone', requests[0]?.request ?? '');
    expect(ran.stdout).toContain('T0: the office wrote down a yes given by phone');
    expect(await publish(trusting)).toBe('done');
  });
});

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

describe('what a client wants to be different', () => {
  it('is on the board and in the list until somebody asks again', async () => {
    const office = approvingOffice();
    const board = async () => (await office.run('today')).stdout;
    expect(await board()).toContain('sec approval request kaldi site');
    await office.run('approval', 'request', 'kaldi', 'site', '--yes');
    expect(await board()).toContain('Anna Berg was asked, and may answer until');
    await office.run(
      'approval',
      'record',
      'kaldi',
      await office.code('changes'),
      '--comment',
      'Larger prices',
    );
    expect(await board()).toContain('Anna Berg asks for changes: “Larger prices”.');
    const list = (await office.run('approval', 'list', 'kaldi')).stdout;
    expect(list).toMatch(/changes wanted[\s\S]*Larger prices\n.*ask again: sec approval request kaldi site/);

    page(office.cwd, 'prices', 'Prices', '## Sidamo 7.90 €');
    await approve(office, 'site');
    expect((await office.run('approval', 'list', 'kaldi')).stdout).not.toContain('Larger prices');
    const approved = await board();
    expect(approved).not.toContain('asks for changes');
    expect(approved).toContain('Anna Berg approved it.');
    expect(await publish(office)).toBe('done');
    expect(await board()).not.toContain('approved it');
  });
});

describe('the mail to the approver', () => {
  it('is in the client’s language and tells what changes', async () => {
    const office = approvingOffice({ locale: 'lv' });
    await approve(office, 'site');
    await publish(office);
    page(office.cwd, 'prices', 'Cenas', 'Sidamo 8.90 €');
    await office.run('approval', 'request', 'kaldi', 'site', '--yes');
    const mail = (await office.mails()).find(({ text }) => text?.includes('Mainītas lapas'));
    expect(mail?.subject).toContain('Lūdzu, apskatiet un atbildiet: jūsu mājaslapa – Kaldi Coffee');
    expect(mail?.text).toContain('– Cenas (/prices/)');
    expect(mail?.text).toContain('Labdien, Anna Berg!');
    expect(mail?.replyTo?.[0]?.address).toBe('office@example.com');
    expect(mail?.html).toContain('mailto:office@example.com?subject=Apstiprinu');
  });

  it('is shown where it is not sent, and puts a preview on the client’s own host', async () => {
    const office = approvingOffice();
    write(
      office.cwd,
      'sites/kaldi/site.yaml',
      `${siteYaml()}hosts: {preview: file:public/kaldi-preview}\npreview: https://kaldi.example/preview/\n`,
    );
    const ran = await office.run('approval', 'request', 'kaldi', 'site', '--yes', '--no-mail', '--json');
    const { requests } = ran.json<{ requests: { mailed: boolean; mail: { text: string } }[] }>();
    expect(requests[0]?.mailed).toBe(false);
    const address = /https:\/\/kaldi\.example\/preview\/([0-9a-f]{32})\//.exec(
      requests[0]?.mail.text ?? '',
    )?.[1];
    const put = filesIn(office.cwd, 'public/kaldi-preview');
    expect(put[`${address}/index.html`]).toContain('noindex');
    expect(put[`${address}/site/prices/index.html`]).toContain('7.90');
  });

  it('asks nobody where nothing changes or nobody may approve', async () => {
    const nobody = approvingOffice({ approvers: '[]' });
    const ran = await nobody.run('approval', 'request', 'kaldi', 'site', '--yes', '--json');
    expect({ exit: ran.code, code: ran.json<Failure>().error.code }).toEqual({
      exit: 78,
      code: 'APPROVERS_NONE',
    });
    const office = approvingOffice();
    await approve(office, 'site');
    await publish(office);
    const again = await office.run('approval', 'request', 'kaldi', 'site', '--yes', '--json');
    expect(again.json<Failure>().error.code).toBe('APPROVAL_NOTHING_NEW');
    const stranger = await office.run(
      'approval',
      'request',
      'kaldi',
      'policy',
      '--approver',
      'Ana Berg',
      '--yes',
      '--json',
    );
    expect(stranger.json<Failure>().error.code).toBe('APPROVAL_NOTHING_NEW');
  });
});
