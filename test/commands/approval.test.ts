import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { approvingOffice, page, secIn } from '../support/approval.ts';
import { approve, type Failure, publish, verdict, wantLargerPrices } from '../support/approval-steps.ts';
import { filesIn } from '../support/kaldi.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

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
    const ran = await wantLargerPrices(office);
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
