import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Said, secHere } from './in-process.ts';
import { kaldiWorkspace, write } from './kaldi.ts';

export type Client = 'north' | 'south';
const canary: Readonly<Record<Client, string>> = { north: 'zanzibar', south: 'xylophone' };
const otherOf = (client: Client): Client => (client === 'north' ? 'south' : 'north');

/** Everything that a client confides holds its word; nothing that is said or kept for the other may. */
function workspace(): string {
  const dir = kaldiWorkspace({ client: 'north' });
  for (const client of ['north', 'south'] as const) {
    const word = canary[client];
    write(
      dir,
      `sites/${client}/site.yaml`,
      `name: ${word} Bakery
url: https://${word}.example
host: file:public/${client}
facts: {phone: "${word} 1"}
sender: {name: ${word}, email: news@${word}.example, address: "${word} street", transport: "outbox:outbox/${client}"}
approvers: [{name: ${word}, email: owner@${word}.example}]
retention: {lists: 1, campaigns: 1, events: 1, rejects: 1}
`,
    );
    write(
      dir,
      `sites/${client}/content/_index.md`,
      `---\ntitle: ${word}\ndescription: ${word}\n---\n${word}\n`,
    );
    write(dir, `sites/${client}/data/prices.yaml`, `${word}: 7.90\n`);
    write(
      dir,
      `campaigns/${client}/spring/campaign.md`,
      `---\nsubject: "${word} {{or first_name 'friend'}}"\nlist: customers\nstarts: 2020-01-01\nends: 2099-12-31\npage: true\nbanner: ${word}\n---\n${word}\n`,
    );
    const rows = Array.from({ length: 5 }, (_, n) => `p${n}@${word}.example;${word} ${n}`);
    write(
      dir,
      `lists/${client}.csv`,
      ['E-mail;First name', ...rows, 'both@shared.example;Both', `no-${word};x`, ''].join('\n'),
    );
    write(dir, `sites/${client}/lists/own.csv`, `email\nq@${word}.example\n`);
  }
  return dir;
}

export type Line = (client: Client, other: Client, dir: string, digest: string) => readonly string[];

/** Everything that can be asked for one client, also with the other's names and files. */
export const lines: readonly Line[] = [
  (c) => ['site', 'publish', c, '--yes'],
  (c) => ['site', 'rollback', c, '--yes'],
  (c) => ['site', 'status', c],
  (c) => ['site', 'history', c],
  (c) => ['site', 'update', c, '_index', '--set', 'description=new', '--yes'],
  (c, _o, _dir, digest) => ['site', 'publish', c, '--release', digest, '--yes'],
  (c, _o, _dir, digest) => ['site', 'rollback', c, digest, '--yes'],
  (c) => ['client', 'show', c],
  (c, _o, dir) => [
    'list',
    'import',
    c,
    'customers',
    join(dir, `lists/${c}.csv`),
    '--basis',
    'customer',
    '--yes',
  ],
  (c, o, dir) => [
    'list',
    'import',
    c,
    'customers',
    join(dir, `sites/${o}/lists/own.csv`),
    '--basis',
    'customer',
    '--yes',
  ],
  (c, _o, dir) => ['list', 'export', c, 'customers', '--out', join(dir, `export-${c}.csv`), '--yes'],
  (c) => ['list', 'show', c, 'customers'],
  (c) => ['list', 'check', c, 'customers'],
  (c) => ['list', 'suppress', c, 'both@shared.example'],
  (c) => ['list', 'allow', c, 'both@shared.example'],
  (c) => ['promo', 'check', c, 'spring'],
  (c) => ['promo', 'send', c, 'spring', '--yes'],
  (c, o, dir) => [
    'promo',
    'send',
    c,
    'spring',
    '--csv',
    join(dir, `sites/${o}/lists/own.csv`),
    '--basis',
    'customer',
    '--yes',
  ],
  (c) => ['promo', 'send', c, 'sprnig', '--yes'],
  (c) => ['promo', 'status', c, 'spring'],
  (c) => ['promo', 'pause', c, 'spring'],
  (c) => ['promo', 'resume', c, 'spring'],
  (c) => ['promo', 'resolve', c, 'spring'],
  (c) => ['promo', 'test', c, 'spring', '--to', 'office@example.com'],
  (c) => ['privacy', 'export', c, 'both@shared.example'],
  (c, _o, dir) => [
    'privacy',
    'export',
    c,
    `p1@${canary[c]}.example`,
    '--out',
    join(dir, `held-${c}`),
    '--yes',
  ],
  (c, o, dir) => ['privacy', 'export', c, `p1@${canary[c]}.example`, '--out', join(dir, `sites/${o}/static`)],
  (c) => ['privacy', 'erase', c, 'both@shared.example', '--yes'],
  (c) => ['privacy', 'erase', c, `p2@${canary[c]}.example`, '--dry-run'],
  (c) => ['privacy', 'erase', c, `p2@${canary[c]}.example`, '--yes'],
  (c) => ['privacy', 'purge', c, '--yes'],
];

const clients = ['north', 'south'] as const;
const NO_RELEASE = 'f'.repeat(16);

/** An office of two clients, each with people on its list, a published site and a campaign that went out. */
export async function twoClients() {
  const dir = workspace();
  const published = new Map<Client, string>();
  /** Runs one command for a client, and fails where it says anything of the other. */
  const run = async (client: Client, line: Line, json: boolean) => {
    const other = otherOf(client);
    const digest = (published.get(other) ?? NO_RELEASE).slice(0, 16);
    const words = [...line(client, other, dir, digest), '--workspace', dir, ...(json ? ['--json'] : [])];
    const release = keepsTo(client, words, await secHere(words), json);
    if (release !== undefined) published.set(client, release);
  };
  for (const line of [lines[8], lines[0], lines[16]])
    for (const client of clients) if (line) await run(client, line, true);
  return { run, check: () => checkKept(dir) };
}

/** Fails where anything that is kept for one client, or went out for it, holds the other's word. */
function checkKept(dir: string): void {
  for (const client of clients) {
    for (const folder of [
      `public/${client}`,
      `.sec/clients/${client}`,
      `outbox/${client}`,
      `public/.${client}.sec`,
      `held-${client}`,
    ])
      expect({ folder, holds: filesHolding(join(dir, folder), canary[otherOf(client)]) }).toEqual({
        folder,
        holds: [],
      });
    expect(readdirSync(join(dir, 'outbox', client)).length).toBeGreaterThan(0);
  }
}

/** @returns the release that was published, where one was */
function keepsTo(
  client: Client,
  words: readonly string[],
  { code, stdout, stderr }: Said,
  json: boolean,
): string | undefined {
  const all = stdout + stderr;
  const line = words.join(' ');
  expect({ line, code, all: all.includes(canary[otherOf(client)]) }).toEqual({ line, code, all: false });
  expect({ line, code, all: code === 70 ? all : '' }).toEqual({ line, code, all: '' });
  if (!json) return undefined;
  const result = JSON.parse(stdout) as { error?: object; release?: string };
  if (result.error)
    expect({ line, error: JSON.stringify(result.error) }).toEqual({
      line,
      error: expect.not.stringMatching(/@[a-z]+\.example/),
    });
  return words[1] === 'publish' ? result.release : undefined;
}

/** Files below a folder whose bytes or names hold a word. */
function filesHolding(dir: string, word: string): string[] {
  if (!statSync(dir, { throwIfNoEntry: false })) return [];
  return readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((path) => {
    const file = join(dir, path);
    return path.includes(word) || (statSync(file).isFile() && readFileSync(file).includes(word));
  });
}
