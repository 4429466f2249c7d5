import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { testSite } from '../site/support/workspace.ts';
import { sec } from '../support/sec.ts';

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
});
