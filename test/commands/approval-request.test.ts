import { describe, expect, it } from 'vitest';
import { approvingOffice, page, siteYaml } from '../support/approval.ts';
import { approve, type Failure, publish, wantLargerPrices } from '../support/approval-steps.ts';
import { filesIn, write } from '../support/kaldi.ts';

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

describe('what a client wants to be different', () => {
  it('is on the board and in the list until somebody asks again', async () => {
    const office = approvingOffice();
    const board = async () => (await office.run('today')).stdout;
    expect(await board()).toContain('sec approval request kaldi site');
    await office.run('approval', 'request', 'kaldi', 'site', '--yes');
    expect(await board()).toContain('Anna Berg was asked, and may answer until');
    await wantLargerPrices(office);
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
