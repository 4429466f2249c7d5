import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../adapters/files/package-root.ts';
import { demoCustomers } from './customers.ts';
import { demoPatients } from './patients.ts';
import { type DemoServers, startServers } from './servers.ts';
import { APPROVING, CLIENT, CUSTOMERS_FILE, PATIENTS_FILE } from './tour.ts';

/** A workspace of the demo's own, with the servers it publishes and sends to. */
export interface Stage {
  readonly dir: string;
  readonly servers: DemoServers;
  /** Somebody in the customers' file who will ask for no more mail. */
  readonly suppressed: string;
}

/**
 * Copies the workspace that ships with sec to a temporary folder, starts the servers, and puts the customers'
 * file beside it. The caller closes the servers.
 */
export async function openStage(today: Temporal.PlainDate): Promise<Stage> {
  const dir = mkdtempSync(join(tmpdir(), 'sec-demo-'));
  for (const name of ['sec.yaml', 'sites', 'campaigns']) {
    const from = join(packageRoot(), name);
    if (existsSync(from)) cpSync(from, join(dir, name), { recursive: true });
  }
  const servers = await startServers(dir, join(dir, 'public', CLIENT));
  settle(dir, servers, today);
  settleApprovals(dir, servers, today);
  const { csv, suppressed } = demoCustomers();
  writeFileSync(join(dir, CUSTOMERS_FILE), csv);
  writeFileSync(join(dir, PATIENTS_FILE), demoPatients());
  return { dir, servers, suppressed };
}

/**
 * Makes the copied client live on this machine: its address is the demo's web server, its mail goes to the
 * catcher, and its campaigns run from yesterday on, whatever day the demo is shown.
 */
function settle(dir: string, { siteUrl, smtpUrl }: DemoServers, today: Temporal.PlainDate): void {
  const siteFile = join(dir, 'sites', CLIENT, 'site.yaml');
  const address = /^url: (.*)$/m.exec(readFileSync(siteFile, 'utf8'))?.[1] ?? '';
  edit(siteFile, (text) =>
    text
      .replace(/^url: .*$/m, `url: ${siteUrl}`)
      .replace(/^sender:\n( +)/m, `sender:\n$1transport: ${smtpUrl}\n$1`),
  );
  runCampaigns(join(dir, 'campaigns', CLIENT), today, (text) => text.replaceAll(address, siteUrl));
}

/** Lets campaigns run from yesterday on. */
function runCampaigns(dir: string, today: Temporal.PlainDate, change = (text: string) => text): void {
  for (const file of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.md')) continue;
    edit(join(dir, file), (text) =>
      change(text)
        .replace(/^starts: .*$/m, `starts: ${today.subtract({ days: 1 })}`)
        .replace(/^ends: .*$/m, `ends: ${today.add({ days: 28 })}`),
    );
  }
}

/** The client that approves answers at the demo's own desk, and is written to whatever the hour of the demo. */
function settleApprovals(dir: string, { smtpUrl, deskUrl }: DemoServers, today: Temporal.PlainDate): void {
  edit(join(dir, 'sec.yaml'), (text) => `${text}desk: ${deskUrl}\n`);
  edit(join(dir, 'sites', APPROVING, 'site.yaml'), (text) =>
    text
      .replace(/^sender:\n( +)/m, `sender:\n$1transport: ${smtpUrl}\n$1`)
      .replace(/^( +)sending: .*\n/m, ''),
  );
  runCampaigns(join(dir, 'campaigns', APPROVING), today);
}

function edit(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}
