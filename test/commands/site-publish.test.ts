import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addClient, filesIn, kaldiWorkspace, page, write } from '../support/kaldi.ts';
import { sec } from '../support/sec.ts';

interface Receipt {
  readonly release: string;
  readonly applied: boolean;
  readonly uploaded: number;
  readonly removed: number;
  readonly unchanged: number;
  readonly verified: { readonly checked: number; readonly mismatched: number };
  readonly changes: Record<'added' | 'changed' | 'removed', string[]>;
  readonly warnings: string[];
}
interface Failure {
  readonly error: { code: string; message: string; hint: string; exitCode: number; details: object };
}

const publish = async (cwd: string, ...flags: string[]) => {
  const ran = await sec(['site', 'publish', 'kaldi', '--json', ...flags], { cwd });
  return { ...ran, receipt: ran.json<Receipt>(), error: ran.json<Failure>().error };
};

describe('sec site publish', () => {
  it('makes the built site live, then only what changed, then nothing', async () => {
    const cwd = kaldiWorkspace();
    const first = await publish(cwd);
    expect(first.code).toBe(0);
    expect(first.stderr).toBe('');
    const live = filesIn(cwd, 'public/kaldi');
    expect(live['about/index.html']).toContain('We roast.');
    expect(Object.keys(live)).toHaveLength(first.receipt.uploaded);
    expect(first.receipt).toMatchObject({
      client: 'kaldi',
      host: 'file:public/kaldi',
      applied: true,
      removed: 0,
      unchanged: 0,
      verified: { checked: first.receipt.uploaded, mismatched: 0 },
      changes: { changed: [], removed: [] },
    });
    page(cwd, 'about', 'About us', 'We roast at night.');
    rmSync(join(cwd, 'sites/kaldi/content/prices.md'));
    const second = await publish(cwd);
    expect(second.receipt.changes.removed).toEqual(['prices/index.html']);
    expect(second.receipt.changes.changed).toContain('about/index.html');
    expect(filesIn(cwd, 'public/kaldi')['about/index.html']).toContain('at night');
    expect(filesIn(cwd, 'public/kaldi')).not.toHaveProperty('prices/index.html');
    const third = await publish(cwd);
    expect(third.receipt).toMatchObject({ release: second.receipt.release, uploaded: 0, removed: 0 });
  });

  it('shows the plan and changes nothing with --dry-run', async () => {
    const cwd = kaldiWorkspace();
    const ran = await sec(['site', 'publish', 'kaldi', '--dry-run'], { cwd });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/\+\s+\d+ new pages/);
    expect(filesIn(cwd, 'public')).toEqual({});
    expect(filesIn(cwd, '.sec/audit')).toEqual({});
    const { receipt } = await publish(cwd, '--dry-run');
    expect(receipt.applied).toBe(false);
    expect(receipt.changes.added).toContain('about/index.html');
  });

  it('refuses what the client must approve, before anything happens', async () => {
    const cwd = kaldiWorkspace({ policy: '{approval: {site: required}}' });
    const { code, error } = await publish(cwd, '--yes');
    expect(code).toBe(77);
    expect(error).toMatchObject({ code: 'APPROVAL_MISSING', exitCode: 77 });
    expect(error.message).toContain('policy.approval.site');
    expect(error.hint).toContain('Anna Berg');
    expect(JSON.stringify(error)).not.toContain('anna@');
    expect(filesIn(cwd, 'public')).toEqual({});
    expect(filesIn(cwd, '.sec/clients/kaldi/releases')).toEqual({});
    expect((await publish(cwd, '--dry-run')).code).toBe(0);
  });

  it('refuses without an approval where one is asked for on the command line', async () => {
    const cwd = kaldiWorkspace();
    const { code, error } = await publish(cwd, '--require-approval');
    expect({ code, rule: error.message.includes('--require-approval') }).toEqual({ code: 77, rule: true });
    expect(filesIn(cwd, 'public')).toEqual({});
  });

  it('refuses on days that the client does not allow, and names the next one', async () => {
    const today = Temporal.Now.zonedDateTimeISO('Europe/Riga').dayOfWeek;
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
    const far = days[(today + 2) % 7];
    const cwd = kaldiWorkspace({ policy: `{publishing: {days: [${far}]}}` });
    const { code, error } = await publish(cwd, '--yes');
    expect({ code, kind: error.code }).toEqual({ code: 77, kind: 'OUTSIDE_HOURS' });
    expect(error.hint).toContain('00:00 (Europe/Riga)');
    expect(filesIn(cwd, 'public')).toEqual({});
  });

  it('never lets one client’s site land on another’s host', async () => {
    const cwd = kaldiWorkspace();
    addClient(cwd, { client: 'liepa', host: 'file:public/kaldi/sub' });
    const shared = await publish(cwd);
    expect(shared.error).toMatchObject({ code: 'HOST_FOLDER_UNSAFE' });
    addClient(cwd, { client: 'liepa', host: 'file:public/liepa' });
    expect((await publish(cwd)).code).toBe(0);
    addClient(cwd, { client: 'liepa', host: 'file:public/kaldi' });
    rmSync(join(cwd, 'sites/kaldi'), { recursive: true });
    const before = filesIn(cwd, 'public/kaldi');
    const ran = await sec(['site', 'publish', 'liepa', '--json'], { cwd });
    expect(ran.json<Failure>().error).toMatchObject({ code: 'HOST_OF_ANOTHER', exitCode: 77 });
    expect(filesIn(cwd, 'public/kaldi')).toEqual(before);
  });

  it('refuses to lose most of a site, and removes it where the number is named', async () => {
    const cwd = kaldiWorkspace();
    for (let n = 0; n < 30; n++) page(cwd, `news-${n}`, `News ${n}`, 'text');
    await publish(cwd);
    for (let n = 0; n < 30; n++) rmSync(join(cwd, `sites/kaldi/content/news-${n}.md`));
    const refused = await publish(cwd, '--yes');
    expect(refused.error).toMatchObject({ code: 'PUBLISH_SHRINKS', exitCode: 77 });
    expect(filesIn(cwd, 'public/kaldi')).toHaveProperty('news-7/index.html');
    expect((await publish(cwd, '--max-deletes', '29')).error.code).toBe('PUBLISH_TOO_MANY_DELETES');
    expect((await publish(cwd, '--max-deletes', '30')).receipt.removed).toBe(30);
  });

  it.each([
    ['a disk that is not connected', 'file:/nowhere-at-all/www/kaldi', 'HOST_FOLDER_MISSING', 69],
    ['a file where the folder should be', 'file:taken', 'HOST_STATE_UNREADABLE', 69],
    ['a file on the way to it', 'file:taken/kaldi', 'HOST_STATE_UNREADABLE', 69],
    ['the workspace itself', 'file:.', 'HOST_FOLDER_UNSAFE', 78],
    ['a kind that is not known', 'gopher://kaldi', 'HOST_KIND_UNKNOWN', 78],
  ])('says so for %s', async (_, host, kind, exit) => {
    const cwd = kaldiWorkspace({ host });
    write(cwd, 'taken', 'a file');
    const { code, error } = await publish(cwd);
    expect({ code, kind: error.code }).toEqual({ code: exit, kind });
    expect(error.message).toMatch(/Nothing was published|The live site is as it was/);
    expect(error.message).not.toContain('sec-test-');
  });

  it('says so where site.yaml names no host, or not the one that is asked for', async () => {
    const cwd = kaldiWorkspace({ host: '""' });
    expect((await publish(cwd)).error.code).toBe('HOST_MISSING');
    expect((await publish(cwd, '--host', 'staging')).error.message).toContain('staging');
  });

  it('publishes among somebody’s files and leaves them alone', async () => {
    const cwd = kaldiWorkspace();
    mkdirSync(join(cwd, 'public/kaldi'), { recursive: true });
    writeFileSync(join(cwd, 'public/kaldi/theirs.txt'), 'theirs');
    writeFileSync(join(cwd, 'public/kaldi/index.html'), 'their front page');
    const refused = await publish(cwd);
    expect(refused.error).toMatchObject({ code: 'DRIFT_FOUND', exitCode: 77 });
    expect(refused.error.hint).toContain('--accept-drift');
    expect(filesIn(cwd, 'public/kaldi')['index.html']).toBe('their front page');
    const shown = await sec(['site', 'publish', 'kaldi', '--dry-run'], { cwd });
    expect(shown.stdout).toMatch(/put there\s+index\.html/);
    const { receipt } = await publish(cwd, '--accept-drift');
    const live = filesIn(cwd, 'public/kaldi');
    expect(live['theirs.txt']).toBe('theirs');
    expect(live['index.html']).toContain('Fresh coffee');
    expect(receipt.warnings.join()).toContain('index.html');
    expect(Object.values(filesIn(cwd, 'public/.kaldi.sec/kept'))).toEqual(['their front page']);
  });

  it('never shows the wrong state: an unreadable record is not a first publication', async () => {
    const cwd = kaldiWorkspace();
    await publish(cwd);
    const records = Object.keys(filesIn(cwd, 'public/.kaldi.sec')).find((path) =>
      path.endsWith('manifest.json'),
    );
    write(cwd, `public/.kaldi.sec/${records}`, '{');
    const before = filesIn(cwd, 'public/kaldi');
    page(cwd, 'about', 'About us', 'Something new.');
    expect((await publish(cwd)).error).toMatchObject({ code: 'HOST_STATE_UNREADABLE', exitCode: 69 });
    expect(filesIn(cwd, 'public/kaldi')).toEqual(before);
  });
});
