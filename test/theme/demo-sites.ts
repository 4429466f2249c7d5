import { cpSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sec } from '../support/sec.ts';

const root = resolve(import.meta.dirname, '../..');

export interface BuiltSite {
  readonly folder: string;
  /** Paths of all HTML files below the folder, sorted. */
  readonly pages: readonly string[];
}

export interface DemoSites {
  readonly sites: ReadonlyMap<string, BuiltSite>;
  remove(): void;
}

/** While all campaigns of the demo clients run, so that their pages and banners are looked at too. */
const CLOCK = '2026-12-03';

/** Builds the demo clients as a person would, in a copy of this workspace. */
export async function buildDemoSites(): Promise<DemoSites> {
  const workspace = mkdtempSync(join(tmpdir(), 'sec-theme-'));
  for (const part of ['sec.yaml', 'sites', 'campaigns'])
    cpSync(join(root, part), join(workspace, part), { recursive: true });
  const sites = new Map<string, BuiltSite>();
  for (const client of ['maize', 'smaids']) {
    const folder = join(workspace, 'out', client);
    const { code, stderr } = await sec(['site', 'build', client, '--out', folder, '--clock', CLOCK], {
      cwd: workspace,
    });
    if (code !== 0) throw new Error(stderr);
    sites.set(client, { folder, pages: globSync('**/*.html', { cwd: folder }).sort() });
  }
  return { sites, remove: () => rmSync(workspace, { recursive: true, force: true }) };
}
