import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Said } from './in-process.ts';
import { addClient, write } from './kaldi.ts';
import { sec } from './sec.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { type Client, canary, firstLines, type Line, type OfOther } from './two-clients-lines.ts';
import { secWith } from './with-env.ts';

const clients = ['north', 'south'] as const;
const otherOf = (client: Client): Client => (client === 'north' ? 'south' : 'north');

/** Everything that a client confides holds its word; nothing that is said or kept for the other may. */
function fillWorkspace(dir: string): void {
  write(
    dir,
    'sec.yaml',
    'operator: {name: Office, email: office@example.com}\nlocale: en\ntimezone: Europe/Riga\n',
  );
  for (const client of clients) {
    const word = canary[client];
    if (client === 'north') addClient(dir, { client });
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
    for (const campaign of ['spring', 'autumn'])
      write(
        dir,
        `campaigns/${client}/${campaign}/campaign.md`,
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
}

const nothingYet: OfOther = {
  release: 'f'.repeat(16),
  request: 'f'.repeat(16),
  code: '22222-33333-44444-55555',
};

/** An office of two clients, each with people on its list, a published site and a campaign that went out. */
export async function twoClients() {
  const home = temporaryFolder();
  const [now, kept] = [join(home, 'now'), join(home, 'kept')];
  const dir = join(now, 'workspace');
  fillWorkspace(dir);
  const env = {
    SEC_KEYS: join(now, 'keys'),
    SEC_VAULT_DIR: join(now, 'vaults'),
    SEC_VAULT_KEY_NORTH: randomBytes(32).toString('base64'),
    SEC_VAULT_KEY_SOUTH: randomBytes(32).toString('base64'),
  };
  let known: Record<Client, OfOther> = { north: nothingYet, south: nothingYet };
  /** Runs one command for a client, and fails where it says anything of the other. */
  const run = async (client: Client, line: Line, json: boolean, apart = false) => {
    const other = otherOf(client);
    const words = [
      ...line(client, other, dir, known[other]),
      '--workspace',
      dir,
      ...(json ? ['--json'] : []),
    ];
    const said = apart ? await sec(words, { env }) : await secWith({ ...env, ...withoutPictures }, words);
    known[client] = { ...known[client], ...keepsTo(client, words, said, json) };
  };
  for (const line of firstLines) for (const client of clients) await run(client, line, true);
  cpSync(now, kept, asItIs);
  const knownAtFirst = { ...known };
  return {
    run,
    check: () => checkKept(dir),
    /** Makes the office again what it was at first. */
    putBack() {
      rmSync(now, { recursive: true });
      cpSync(kept, now, asItIs);
      known = { ...knownAtFirst };
    },
  };
}

/** No browser is found: its pictures hold nothing that could be searched. Commands in a process of their own find it. */
const withoutPictures = { PATH: '' };
const asItIs = { recursive: true, preserveTimestamps: true, verbatimSymlinks: true } as const;
/** Fails where anything that is kept for one client, or went out for it, holds the other's word; or the log a word of either. */
function checkKept(dir: string): void {
  for (const word of Object.values(canary)) expect(filesHolding(join(dir, '.sec/audit'), word)).toEqual([]);
  for (const client of clients) {
    for (const folder of [
      `public/${client}`,
      `.sec/clients/${client}`,
      `outbox/${client}`,
      `public/.${client}.sec`,
      `sites/${client}/approvals`,
      `held-${client}`,
      `seen-${client}`,
      `handed-${client}`,
    ])
      expect({ folder, holds: filesHolding(join(dir, folder), canary[otherOf(client)]) }).toEqual({
        folder,
        holds: [],
      });
    expect(readdirSync(join(dir, 'outbox', client)).length).toBeGreaterThan(0);
  }
}

/** @returns what was learnt of the client that the other may come by */
function keepsTo(
  client: Client,
  words: readonly string[],
  { code, stdout, stderr }: Pick<Said, 'stdout' | 'stderr'> & { readonly code: number | null },
  json: boolean,
): Partial<OfOther> {
  const all = stdout + stderr;
  const line = words.join(' ');
  expect({ line, code, all: all.includes(canary[otherOf(client)]) }).toEqual({ line, code, all: false });
  expect({ line, code, all: code === 70 || code === null ? all : '' }).toEqual({ line, code, all: '' });
  if (!json) return {};
  const result = JSON.parse(stdout) as {
    error?: object;
    release?: string;
    requests?: { request: string; mail: { text: string } | null }[];
  };
  if (result.error)
    expect({ line, error: JSON.stringify(result.error) }).toEqual({
      line,
      error: expect.not.stringMatching(/@[a-z]+\.example/),
    });
  if (words[1] === 'publish' && result.release !== undefined) return { release: result.release.slice(0, 16) };
  const [asked] = words[1] === 'request' ? (result.requests ?? []) : [];
  const code1 = /\b([2-9A-Z]{5}-){3}[2-9A-Z]{5}\b/.exec(asked?.mail?.text ?? '')?.[0];
  return asked ? { request: asked.request, code: code1 ?? nothingYet.code } : {};
}

/** Files below a folder whose bytes or names hold a word. */
function filesHolding(dir: string, word: string): string[] {
  if (!existsSync(dir)) return [];
  if (statSync(dir).isFile()) return readFileSync(dir).includes(word) ? [dir] : [];
  return readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((path) => {
    const file = join(dir, path);
    return path.includes(word) || (statSync(file).isFile() && readFileSync(file).includes(word));
  });
}
