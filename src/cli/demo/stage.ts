import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../adapters/files/package-root.ts';

/** What the demo needs to know of the servers it started. */
export interface Addresses {
  /** Where the client's web root is served. */
  readonly site: string;
  /** `smtp://127.0.0.1:PORT` of the mail catcher. */
  readonly mail: string;
}

/** Copies the workspace that ships with sec to a temporary folder, and returns its path. */
export function copyWorkspace(): string {
  const dir = mkdtempSync(join(tmpdir(), 'sec-demo-'));
  for (const name of ['sec.yaml', 'sites', 'campaigns']) {
    const from = join(packageRoot(), name);
    if (existsSync(from)) cpSync(from, join(dir, name), { recursive: true });
  }
  return dir;
}

/**
 * Makes the copied client live on this machine: its address is the demo's web server, its mail goes to the
 * catcher, and its campaigns run from yesterday on, whatever day the demo is shown.
 */
export function settle(
  dir: string,
  client: string,
  { site, mail }: Addresses,
  today: Temporal.PlainDate,
): void {
  const siteFile = join(dir, 'sites', client, 'site.yaml');
  const address = /^url: (.*)$/m.exec(readFileSync(siteFile, 'utf8'))?.[1] ?? '';
  edit(siteFile, (text) => {
    const withUrl = text.replace(/^url: .*$/m, `url: ${site}`);
    const withoutTransport = withUrl.replace(/^( +)transport: .*\n/m, '');
    return withoutTransport.replace(/^sender:\n( +)/m, `sender:\n$1transport: ${mail}\n$1`);
  });
  const campaigns = join(dir, 'campaigns', client);
  for (const campaign of readdirSync(campaigns)) {
    for (const file of readdirSync(join(campaigns, campaign)).filter((name) =>
      /^campaign.*\.md$/.test(name),
    )) {
      edit(join(campaigns, campaign, file), (text) =>
        text
          .replaceAll(address, site)
          .replace(/^starts: .*$/m, `starts: ${today.subtract({ days: 1 })}`)
          .replace(/^ends: .*$/m, `ends: ${today.add({ days: 28 })}`),
      );
    }
  }
}

function edit(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}
