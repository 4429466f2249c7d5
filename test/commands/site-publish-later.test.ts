import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesIn, kaldiWorkspace, page, write } from '../support/kaldi.ts';
import { sec } from '../support/sec.ts';

const run = (cwd: string, line: string) => sec([...line.split(' '), '--json'], { cwd });
const about = (cwd: string) => filesIn(cwd, 'public/kaldi')['about/index.html'];

/** Published twice: first "We roast.", then "At night." */
async function publishedTwice(): Promise<{ cwd: string; first: string; second: string }> {
  const cwd = kaldiWorkspace();
  const first = (await run(cwd, 'site publish kaldi')).json<{ release: string }>().release;
  page(cwd, 'about', 'About us', 'At night.');
  const second = (await run(cwd, 'site publish kaldi')).json<{ release: string }>().release;
  return { cwd, first, second };
}

describe('a publication that was stopped between going live and being recorded', () => {
  it.each(['site publish kaldi', 'site rollback kaldi'])('is recorded by the next run: %s', async (next) => {
    const { cwd, second } = await publishedTwice();
    page(cwd, 'about', 'About us', 'The third.');
    rmSync(join(cwd, '.sec/audit'), { recursive: true });
    write(cwd, '.sec/audit', 'a file, so that nothing can be recorded');
    expect((await run(cwd, 'site publish kaldi')).code).not.toBe(0);
    expect(about(cwd)).toContain('The third.');
    rmSync(join(cwd, '.sec/audit'));
    expect((await run(cwd, next)).code).toBe(0);
    const { entries } = (await run(cwd, 'audit show')).json<{
      entries: { action: string; facts: object }[];
    }>();
    expect(entries[0]).toMatchObject({ action: 'site.publish', facts: { parent: second, uploaded: 1 } });
    expect(entries).toHaveLength(next.includes('rollback') ? 2 : 1);
    const { publications } = (await run(cwd, 'site history kaldi')).json<{
      publications: { release: string }[];
    }>();
    expect(publications).toHaveLength(next.includes('rollback') ? 4 : 3);
  });
});

describe('sec site rollback', () => {
  it('goes back to the release before, and forth again', async () => {
    const { cwd, first, second } = await publishedTwice();
    const back = await run(cwd, 'site rollback kaldi');
    expect(back.json()).toMatchObject({ client: 'kaldi', release: first, applied: true, removed: 0 });
    expect(about(cwd)).toContain('We roast.');
    expect((await run(cwd, 'site rollback kaldi')).json()).toMatchObject({ release: second });
    expect(about(cwd)).toContain('At night.');
  });

  it('goes to the release that is named, and shows it first with --dry-run', async () => {
    const { cwd, first } = await publishedTwice();
    const shown = await run(cwd, `site rollback kaldi ${first.slice(0, 12)} --dry-run`);
    expect(shown.json()).toMatchObject({ release: first, applied: false });
    expect(about(cwd)).toContain('At night.');
    await run(cwd, `site rollback kaldi ${first.slice(0, 12)}`);
    expect(about(cwd)).toContain('We roast.');
  });

  it('works where the web root was wiped', async () => {
    const { cwd, first } = await publishedTwice();
    rmSync(join(cwd, 'public'), { recursive: true });
    await run(cwd, `site rollback kaldi ${first.slice(0, 12)}`);
    expect(about(cwd)).toContain('We roast.');
  });

  it('goes through the gate like any publication', async () => {
    const { cwd } = await publishedTwice();
    const config = filesIn(cwd, 'sites/kaldi')['site.yaml'] ?? '';
    write(cwd, 'sites/kaldi/site.yaml', config.replace('site: none', 'site: required'));
    const refused = await run(cwd, 'site rollback kaldi --yes');
    expect(refused.code).toBe(77);
    expect(about(cwd)).toContain('At night.');
  });

  it('says so where there is nothing to go back to, or no such release', async () => {
    const cwd = kaldiWorkspace();
    await run(cwd, 'site publish kaldi');
    const alone = await run(cwd, 'site rollback kaldi');
    expect(alone.json()).toMatchObject({ error: { code: 'ROLLBACK_IMPOSSIBLE', exitCode: 2 } });
    const unknown = await run(cwd, 'site rollback kaldi abcdef');
    expect(unknown.json()).toMatchObject({ error: { code: 'RELEASE_UNKNOWN', exitCode: 2 } });
  });
});

describe('sec site status', () => {
  it('tells live from built, and what somebody else changed', async () => {
    const { cwd, second } = await publishedTwice();
    const calm = (await run(cwd, 'site status kaldi')).json();
    expect(calm).toMatchObject({ client: 'kaldi', live: second, built: second, approved: null, drift: [] });
    page(cwd, 'about', 'About us', 'Third.');
    write(cwd, 'public/kaldi/index.html', 'defaced');
    write(cwd, 'public/kaldi/google1.html', 'proof');
    const status = (await run(cwd, 'site status kaldi')).json<{
      built: string;
      pending: { uploads: number };
    }>();
    expect(status).toMatchObject({
      live: second,
      drift: [
        { path: 'google1.html', change: 'added' },
        { path: 'index.html', change: 'changed' },
      ],
    });
    expect(status.built).not.toBe(second);
    expect(status.pending.uploads).toBeGreaterThan(0);
  });

  it('is calm before the first publication', async () => {
    const status = await run(kaldiWorkspace(), 'site status kaldi');
    expect(status.json()).toMatchObject({ live: null, published: null, approved: null, drift: [] });
  });
});

describe('sec site history and the audit log', () => {
  it('have every publication, newest first, and which is live', async () => {
    const { cwd, first, second } = await publishedTwice();
    await run(cwd, 'site rollback kaldi');
    const { publications } = (await run(cwd, 'site history kaldi')).json<{ publications: object[] }>();
    expect(publications).toMatchObject([
      { release: first, action: 'rollback', live: true, kept: true },
      { release: second, action: 'publish', live: false, kept: true },
      { release: first, action: 'publish', live: false, kept: true },
    ]);
    const log = (await run(cwd, 'audit show')).json<{ entries: object[] }>();
    expect(log.entries).toMatchObject([
      { seq: 1, client: 'kaldi', action: 'site.publish', by: 'Office' },
      { seq: 2, action: 'site.publish' },
      { seq: 3, action: 'site.rollback', facts: { release: first, parent: second } },
    ]);
    expect(JSON.stringify(log)).not.toContain('@');
    expect((await run(cwd, 'audit verify')).json()).toMatchObject({ entries: 3 });
    write(cwd, '.sec/audit/00000002.json', JSON.stringify({ ...log.entries[1], by: 'Nobody' }));
    const broken = await run(cwd, 'audit verify');
    expect(broken.code).toBe(1);
    expect(broken.json()).toMatchObject({ error: { code: 'AUDIT_BROKEN', details: { entry: 2 } } });
  });
});

describe('sec site unlock', () => {
  const lock = {
    v: 1,
    token: 'theirs',
    owner: 'Vera',
    machine: 'elsewhere',
    pid: 1,
    doing: 'publishing',
    since: '2026-03-02T10:00:00Z',
    expires: '2999-03-02T10:02:00Z',
  };

  it('frees a host that somebody left locked, and records it', async () => {
    const { cwd } = await publishedTwice();
    write(cwd, 'public/.kaldi.sec/lock/office.json', JSON.stringify(lock));
    page(cwd, 'about', 'About us', 'Third.');
    const refused = await run(cwd, 'site publish kaldi --yes');
    expect(refused.code).toBe(75);
    expect(refused.json()).toMatchObject({ error: { code: 'HOST_LOCKED', details: { owner: 'Vera' } } });
    expect((await run(cwd, 'site status kaldi')).json()).toMatchObject({ lockedBy: { owner: 'Vera' } });
    expect((await run(cwd, 'site unlock kaldi')).json()).toMatchObject({
      error: { code: 'CONFIRMATION_NEEDED' },
    });
    expect((await run(cwd, 'site unlock kaldi --dry-run')).json()).toMatchObject({ unlocked: false });
    expect((await run(cwd, 'site unlock kaldi --yes')).json()).toMatchObject({ unlocked: true });
    expect((await run(cwd, 'site publish kaldi')).code).toBe(0);
    const { entries } = (await run(cwd, 'audit show')).json<{ entries: object[] }>();
    expect(entries[2]).toMatchObject({ action: 'site.unlock', facts: { holder: 'Vera' } });
  });

  it('does nothing where nothing is locked', async () => {
    const ran = await run(kaldiWorkspace(), 'site unlock kaldi --yes');
    expect(ran.json()).toEqual({ client: 'kaldi', host: 'file:public/kaldi', unlocked: false });
  });
});

describe('sec site clean', () => {
  it('lets go of the oldest releases, and of none that is live', async () => {
    const cwd = kaldiWorkspace();
    for (const text of ['one', 'two', 'three']) {
      page(cwd, 'about', 'About us', text);
      await sec(['site', 'publish', 'kaldi', '--json'], { cwd });
    }
    const run = async (...flags: string[]) =>
      (await sec(['site', 'clean', 'kaldi', '--keep', '1', '--json', ...flags], { cwd })).json<{
        removed: string[];
        kept: number;
        applied: boolean;
      }>();
    expect(await run('--dry-run')).toMatchObject({ kept: 1, applied: false });
    const { removed } = await run();
    expect(removed).toHaveLength(2);
    expect(await run()).toMatchObject({ removed: [], kept: 1, applied: true });
    expect((await sec(['site', 'publish', 'kaldi', '--json'], { cwd })).json()).toMatchObject({
      uploaded: 0,
    });
    expect((await sec(['site', 'rollback', 'kaldi', '--json'], { cwd })).code).toBe(2);
  }, 120_000);
});
