import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DnsServer, startDns } from '../support/dns-server.ts';
import { sec } from '../support/sec.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let dns: DnsServer;
beforeAll(async () => {
  dns = await startDns({
    'kaldi.example': { mx: ['mail.kaldi.example'], txt: ['v=spf1 include:mail.example ~all'] },
    '_dmarc.kaldi.example': { txt: ['v=DMARC1; p=quarantine'] },
  });
});
afterAll(() => dns.close());

function workspace(transport: string): string {
  const root = temporaryFolder();
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  put('sec.yaml', 'operator: {name: Office, email: office@example.com}\nlocale: en\ntimezone: Europe/Riga\n');
  put(
    'sites/kaldi/site.yaml',
    `name: Kaldi\nurl: https://kaldi.example\nhost: file:public/kaldi\nsender: {name: Kaldi, email: news@kaldi.example, address: "1 Bean Street", transport: "${transport}"}\n`,
  );
  mkdirSync(join(root, 'public'));
  return root;
}

interface Diagnosis {
  readonly problems: number;
  readonly findings: readonly { about: string; check: string; state: string; text: string; fix?: string }[];
}
const run = (root: string, ...words: string[]) =>
  sec(['doctor', ...words], { cwd: root, env: { SEC_DNS: dns.address } });

it('finds nothing wrong at a client that is set up', async () => {
  const ran = await run(workspace('outbox:mails'), 'kaldi', '--json');
  const { problems, findings } = ran.json<Diagnosis>();
  expect(findings.filter(({ state }) => state === 'problem')).toEqual([]);
  expect([ran.code, problems]).toEqual([0, 0]);
});

it('says of a mail server that is not there, in exit code and words', async () => {
  const ran = await run(workspace('smtp://127.0.0.1:1'), '--json');
  const { findings } = ran.json<Diagnosis>();
  const states = Object.fromEntries(findings.map(({ check, state }) => [check, state]));
  expect(states).toMatchObject({
    transport: 'problem',
    mx: 'well',
    spf: 'well',
    dmarc: 'well',
    host: 'well',
  });
  expect(ran.code).toBe(1);
});

it('says that others can read what clients confided', async () => {
  const root = workspace('outbox:mails');
  mkdirSync(join(root, '.sec'));
  chmodSync(join(root, '.sec'), 0o755);
  const ran = await run(root);
  expect(ran.code).toBe(1);
  expect(ran.stdout).toContain('chmod 700 .sec');
});

it('goes on to the next client where one has a mistake in its settings', async () => {
  const root = workspace('outbox:mails');
  mkdirSync(join(root, 'sites/broken'));
  writeFileSync(join(root, 'sites/broken/site.yaml'), 'name: [\n');
  const { findings } = (await run(root, '--json')).json<Diagnosis>();
  expect(findings.find(({ about }) => about === 'broken')).toMatchObject({
    check: 'settings',
    state: 'problem',
  });
  expect(findings.some(({ about }) => about === 'kaldi')).toBe(true);
});
