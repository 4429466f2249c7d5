import { writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createContext } from '../../../src/cli/context/context.ts';
import { openSitePreview } from '../../../src/cli/context/site-preview.ts';
import type { Clock } from '../../../src/core/clock.ts';
import { finish } from '../../../src/core/progress.ts';
import { testSite } from '../../site/support/workspace.ts';

const NOON = Temporal.Instant.from('2026-06-01T09:00:00Z');

/** A preview at noon of a certain day, until `wait` lets time pass; `after` waits until a page shows something. */
async function preview(files: Record<string, string>) {
  const site = testSite({ 'content/_index.md': '---\ntitle: Home\n---\n', ...files });
  let now = NOON;
  const clock: Clock = { now: () => now };
  const signal = new AbortController().signal;
  const made = createContext({
    cwd: site.root,
    env: {},
    interactive: false,
    workspaceDir: undefined,
    usage: '',
    signal,
  });
  const context = { ...made, clock };
  const client = context.workspace().client('shop');
  const view = { drafts: false, future: false, clock: undefined };
  const served = await finish(openSitePreview(context, client, view, undefined));
  onTestFinished(() => served.close());
  const get = async (path: string) => (await fetch(new URL(path, served.url))).text();
  const after = (path: string, text: string) =>
    expect.poll(() => get(path), { timeout: 20_000, interval: 50 }).toContain(text);
  const wait = (seconds: number) => {
    now = now.add({ seconds });
  };
  return { site, get, after, wait };
}

describe('a preview that is open', () => {
  it('shows a page when its moment comes, and takes it away when that is over', async () => {
    const { get, after, wait } = await preview({
      'content/soon.md':
        '---\ntitle: Soon\npublishDate: 2026-06-01T09:00:02Z\nexpiryDate: 2026-06-01T09:00:04Z\n---\nNow it is here.\n',
    });
    expect(await get('/soon/')).not.toContain('Now it is here.');
    wait(2);
    await after('/soon/', 'Now it is here.');
    wait(2);
    await expect
      .poll(() => get('/soon/'), { timeout: 20_000, interval: 50 })
      .not.toContain('Now it is here.');
  });

  it('follows the settings of the workspace, and says what is wrong with them', async () => {
    const { site, after } = await preview({ 'layouts/home.hbs': '<title>{{site.timezone}}</title>' });
    const settings = 'operator: {name: Office, email: office@example.com}\nlocale: en\n';
    await after('/', 'Europe/Riga');
    writeFileSync(site.path('sec.yaml'), `${settings}timezone: Europe/Lisbon\n`);
    await after('/', 'Europe/Lisbon');
    writeFileSync(site.path('sec.yaml'), `${settings}timezone: Nowhere\n`);
    await after('/.sec/bar?page=/', 'sec.yaml');
    writeFileSync(site.path('sec.yaml'), `${settings}timezone: Europe/Riga\n`);
    await after('/', 'Europe/Riga');
  });
});
