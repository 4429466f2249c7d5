import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { testSite } from '../site/support/workspace.ts';
import { sec, secCommand } from '../support/sec.ts';

const files = {
  'content/_index.md': '---\ntitle: Home\n---\n',
  'content/advent.md': '---\ntitle: Advent\npublishDate: 2035-12-01\nexpiryDate: 2035-12-25\n---\n',
};

describe('sec site build', () => {
  it('prints the keys that scripts rely on', async () => {
    const site = testSite(files);
    const ran = await sec(['site', 'build', 'shop', '--json'], { cwd: site.root });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toBe('');
    expect(ran.json()).toEqual({
      client: 'shop',
      release: { digest: expect.stringMatching(/^[0-9a-f]{64}$/), files: 5, bytes: expect.any(Number) },
      pages: { total: 2, rendered: 2, reused: 0 },
      warnings: [],
      durationMs: expect.any(Number),
      nextChange: '2035-12-01T00:00:00+02:00',
    });
    const again = await sec(['site', 'build', 'shop', '--json'], { cwd: site.root });
    expect(again.json()).toMatchObject({ pages: { total: 2, rendered: 0, reused: 2 } });
  });

  it('shows the site as of a moment, in a folder', async () => {
    const site = testSite(files);
    const build = (...words: string[]) => sec(['site', 'build', 'shop', ...words], { cwd: site.root });
    expect((await build('--clock', '2035-12-01', '--out', 'out')).code).toBe(0);
    expect(readFileSync(site.path('out/advent/index.html'), 'utf8')).toContain('Advent');
    expect((await build('--clock', '2035-12-25', '--out', 'out')).code).toBe(0);
    expect(existsSync(site.path('out/advent'))).toBe(false);
    const wrong = await build('--clock', 'yesterday');
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('--clock yesterday is not a date');
  });

  it.each([
    ['theme: nowhere\nlocales: [en]\n', 'theme: tiny\n', 'THEME_MISSING'],
    ['build: {command: [no-such-program], output: public, content: content}\n', '', 'GENERATOR_MISSING'],
  ])('refuses %j', async (settings, replaced, code) => {
    const site = testSite(files);
    const own = readFileSync(site.path('sites/shop/site.yaml'), 'utf8')
      .replace(replaced, '')
      .replace('locales: [en]\n', '');
    site.write({ 'site.yaml': own + settings });
    const ran = await sec(['site', 'build', 'shop', '--json'], { cwd: site.root });
    expect(ran.code).toBe(78);
    expect(ran.json()).toMatchObject({ error: { code } });
  });

  it('stops at Ctrl-C while pages are rendered, and makes nothing the current build', async () => {
    const pages = Array.from({ length: 1_900 }, (_, n) => [`content/p${n}.md`, `# Page ${n}\n`]);
    const site = testSite(Object.fromEntries(pages));
    const { command, ...where } = secCommand(['site', 'build', 'shop'], { cwd: site.root });
    const [program = '', ...words] = command;
    const building = spawn(program, words, where);
    building.stderr.once('data', () => building.kill('SIGINT'));
    const [code] = await once(building, 'close');
    expect(code).toBe(130);
    expect(existsSync(site.path('.sec/clients/shop/build/builds.json'))).toBe(false);
  });
});
