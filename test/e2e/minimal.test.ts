import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sec } from '../support/sec.ts';
import { startSink } from '../support/smtp-sink.ts';
import { minimalWorkspace } from './workspace.ts';

const send = ['promo', 'send', 'kaldi', 'spring', '--csv', 'customers.csv', '--basis', 'customer'];
const receiptKeys =
  'client campaign state candidates excluded planned sending accepted rejected inDoubt balanced requests durationMs';

describe("the contract's minimal files", () => {
  it('send to a bare CSV file, once, with a receipt that adds up', async () => {
    const cwd = minimalWorkspace();
    const sink = await startSink();
    onTestFinished(() => sink.stop());
    const words = [...send, '--transport', sink.url, '--yes', '--json'];
    const sent = await sec(words, { cwd, env: { CI: 'true' } });
    expect(sent).toMatchObject({ code: 0, stderr: '' });
    expect(Object.keys(sent.json())).toEqual(expect.arrayContaining(receiptKeys.split(' ')));
    expect(sent.json()).toMatchObject({
      state: 'finished',
      candidates: 3,
      excluded: { suppressed: 0, duplicate: 0, invalid: 1, segment: 0 },
      accepted: 2,
      balanced: true,
    });
    const again = await sec(words, { cwd });
    expect(again.json()).toMatchObject({ accepted: 2, planned: 0, balanced: true });
    expect([...sink.taken.values()]).toEqual([1, 1]);
    expect(statSync(join(cwd, '.sec')).mode & 0o777).toBe(0o700);
  });

  it('build, publish with the campaign on the site, and say what is live', async () => {
    const cwd = minimalWorkspace();
    const built = await sec(['site', 'build', 'kaldi', '--json'], { cwd });
    expect(built.json()).toMatchObject({
      client: 'kaldi',
      release: { digest: expect.stringMatching(/^[0-9a-f]{64}$/), files: expect.any(Number) },
      pages: { total: 3, rendered: 3, reused: 0 },
      warnings: [],
      durationMs: expect.any(Number),
    });
    const published = await sec(['site', 'publish', 'kaldi', '--yes', '--json'], { cwd });
    const { digest, files } = built.json<{ release: { digest: string; files: number } }>().release;
    expect(published.json()).toMatchObject({
      client: 'kaldi',
      host: 'file:public/kaldi',
      release: digest,
      applied: true,
      uploaded: files,
      removed: 0,
      unchanged: 0,
      verified: { checked: files, mismatched: 0 },
    });
    const live = realpathSync(join(cwd, 'public/kaldi'));
    expect(readFileSync(join(live, 'spring/index.html'), 'utf8')).toContain('Ethiopia Sidamo');
    const status = await sec(['site', 'status', 'kaldi', '--json'], { cwd });
    expect(status.json()).toMatchObject({ live: digest, built: digest, approved: null, drift: [] });
  });

  it('keep a brief that is not filled in off the site and out of the mail, and say so', async () => {
    const cwd = minimalWorkspace();
    await sec(['promo', 'new', 'kaldi', 'autumn', '--json'], { cwd });
    const sent = await sec(
      [
        'promo',
        'send',
        'kaldi',
        'autumn',
        '--csv',
        'customers.csv',
        '--basis',
        'customer',
        '--transport',
        'outbox:out',
        '--yes',
        '--json',
      ],
      { cwd },
    );
    expect(sent.code).toBe(65);
    expect(sent.json()).toMatchObject({ error: { code: 'BRIEF_UNFINISHED', details: { field: 'subject' } } });
    expect(existsSync(join(cwd, 'out'))).toBe(false);
    const published = await sec(['site', 'publish', 'kaldi', '--yes', '--json'], { cwd });
    expect(published.json()).toMatchObject({
      warnings: [expect.stringMatching(/autumn\/campaign\.md, line \d+/)],
    });
    expect(readFileSync(join(cwd, 'public/kaldi/index.html'), 'utf8')).not.toContain('✎');
  });
});
