import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import { inWorkspace } from '../support/in-workspace.ts';
import { listsIn } from '../support/lists.ts';
import { type ListedEntry, startSuppressionLists } from '../support/sendgrid-lists.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

afterEach(() => void vi.unstubAllEnvs());

/** Two clients of one office, and so of one account at SendGrid. */
async function office(people: Readonly<Record<string, readonly string[]>>) {
  const root = temporaryFolder();
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  put('sec.yaml', 'operator: {name: Office, email: office@example.com}\n');
  for (const [name, addresses] of Object.entries(people)) {
    put(
      `sites/${name}/site.yaml`,
      `name: ${name}\nurl: https://${name}.example\nsender: {name: ${name}, email: news@${name}.example, address: Riga}\n`,
    );
    put(`campaigns/${name}/spring/campaign.md`, '---\nsubject: Spring\ntemplate: promo\n---\nHello.\n');
    put(`${name}.csv`, `email\n${addresses.join('\n')}\n`);
    const words = [
      '--csv',
      `${name}.csv`,
      '--basis',
      'customer',
      '--transport',
      'outbox:out',
      '--yes',
      '--json',
    ];
    expect((await inWorkspace(root)('promo', 'send', name, 'spring', ...words)).code).toBe(0);
  }
  return root;
}

async function polled(root: string, lists: Readonly<Record<string, readonly ListedEntry[]>>) {
  const endpoint = await startSuppressionLists({
    bounces: [],
    blocks: [],
    invalid_emails: [],
    spam_reports: [],
    unsubscribes: [],
    ...lists,
  });
  onTestFinished(endpoint.stop);
  const poll = (client: string, key = 'SG.test-secret') => {
    vi.stubEnv('SENDGRID_API_KEY', key);
    vi.stubEnv('SENDGRID_BASE_URL', endpoint.url);
    return inWorkspace(root)('events', 'import', client, '--sendgrid', '--json');
  };
  return { endpoint, poll };
}

const suppressed = async (root: string, client: string) => {
  const store = await listsIn(root, client);
  const count = store.suppression.count();
  store.close();
  return count;
};

const soon = () => Math.floor(Date.now() / 1000) + 60;

describe('sec events import --sendgrid', () => {
  it('learns who bounced, complained and unsubscribed, of this client’s people alone, once', async () => {
    const root = await office({
      kaldi: [
        'anna@example.com',
        'berta@example.com',
        'cilla@example.com',
        'dace@example.com',
        'both@example.com',
      ],
      dentist: ['eva@example.com', 'both@example.com'],
    });
    const created = soon();
    const { poll } = await polled(root, {
      bounces: [
        { created, email: 'Anna@Example.com', reason: '550 5.1.1 no anna@example.com here', status: '5.1.1' },
        { created, email: 'eva@example.com', reason: '550 5.1.1', status: '5.1.1' },
      ],
      blocks: [{ created, email: 'berta@example.com', reason: '550 5.7.1 not from you', status: '5.7.1' }],
      spam_reports: [{ created, email: 'cilla@example.com' }],
      unsubscribes: [
        { created, email: 'dace@example.com' },
        { created, email: 'stranger@example.org' },
        { created: 0, email: 'both@example.com' },
      ],
    });
    const first = await poll('kaldi');
    expect(first.json()).toEqual({
      client: 'kaldi',
      read: 6,
      foreign: 2,
      other: 0,
      unreadable: 0,
      added: { bounced: 2, complained: 1, unsubscribed: 1 },
      known: 0,
      suppressed: 3,
    });
    expect([await suppressed(root, 'kaldi'), await suppressed(root, 'dentist')]).toEqual([3, 0]);
    expect((await poll('kaldi')).json()).toMatchObject({ added: {}, known: 4, suppressed: 0 });
    expect((await poll('dentist')).json()).toMatchObject({
      added: { bounced: 1 },
      foreign: 5,
      suppressed: 1,
    });
    const log = join(root, '.sec/clients/kaldi/events.sqlite');
    expect(readFileSync(log, 'latin1')).not.toMatch(/example/);
    const report = await inWorkspace(root)('promo', 'report', 'kaldi', 'spring', '--json');
    expect(report.json()).toMatchObject({ bounced: 2, complained: 1, unsubscribed: 1 });
  });

  it('reads page after page, from the first send on', async () => {
    const root = await office({ kaldi: ['anna@example.com'] });
    const created = soon();
    const { poll, endpoint } = await polled(root, {
      bounces: Array.from({ length: 1100 }, (_, n) => ({
        created,
        email: `p${n}@example.org`,
        reason: 'no',
      })),
    });
    expect((await poll('kaldi')).json()).toMatchObject({ read: 1100, foreign: 1100, suppressed: 0 });
    const pages = endpoint.asked.filter((path) => path.startsWith('bounces'));
    expect(pages.map((path) => new URLSearchParams(path.split('?')[1]).get('offset'))).toEqual([
      '0',
      '500',
      '1000',
    ]);
    expect(Number(new URLSearchParams(pages[0]?.split('?')[1]).get('start_time'))).toBeGreaterThan(
      created - 3600,
    );
  });

  it('records nothing where a list cannot be read, and asks nothing before the first send', async () => {
    const root = await office({ kaldi: ['anna@example.com'] });
    const { poll, endpoint } = await polled(root, {
      bounces: [{ created: soon(), email: 'anna@example.com', reason: '5.1.1', status: '5.1.1' }],
    });
    endpoint.trouble.set('unsubscribes', 403);
    const refused = await poll('kaldi');
    expect([refused.code, refused.json()]).toMatchObject([69, { error: { code: 'EVENTS_REFUSED' } }]);
    expect(refused.stdout).toContain('403 access forbidden');
    expect(await suppressed(root, 'kaldi')).toBe(0);
    expect((await poll('kaldi', 'SG.wrong')).stdout).toContain('401');
    expect((await poll('kaldi', '')).stdout).toContain('TRANSPORT_INVALID');

    const fresh = await office({});
    mkdirSync(join(fresh, 'sites/new'), { recursive: true });
    writeFileSync(join(fresh, 'sites/new/site.yaml'), 'name: New\nurl: https://new.example\n');
    const quiet = await polled(fresh, {});
    expect((await quiet.poll('new')).json()).toMatchObject({ read: 0, added: {} });
    expect(quiet.endpoint.asked).toEqual([]);
  });
});
