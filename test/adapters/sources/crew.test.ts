import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../site/support/workspace.ts';

/** More pages than are rendered by one thread alone. */
const PAGES = 2_100;

let site: TestSite;

const fields = (n: number) =>
  `---\ntitle: Number ${n}\ndate: 2026-01-${String((n % 28) + 1).padStart(2, '0')}\n---\n`;

function write(broken: readonly number[] = []): void {
  site.write(
    Object.fromEntries(
      Array.from({ length: PAGES }, (_, n) => [
        `content/news/n${n}.md`,
        `${fields(n)}Text ${n} {{data.prices.${broken.includes(n) ? 'none' : 'cake'}}}\n`,
      ]),
    ),
  );
}

beforeEach(() => {
  site = testSite({ 'data/prices.yaml': 'cake: 4.50\n' });
  write();
});

describe('a build of many pages', () => {
  it('gives every page once, the same bytes as the next build that starts from nothing', async () => {
    const first = await site.build();
    expect(first.pages).toEqual({ total: PAGES + 3, rendered: PAGES + 3, reused: 0 });
    for (const n of [0, 1, 77, PAGES - 1])
      expect(site.read(first, `news/n${n}/index.html`)).toContain(`<p>Text ${n} 4.5</p>`);
    rmSync(site.path('.sec'), { recursive: true });
    expect((await site.build()).release.digest).toBe(first.release.digest);
    expect((await site.build()).pages).toMatchObject({ rendered: 0 });
    const objects = join(site.path('.sec'), 'clients/shop/build/objects');
    expect(readdirSync(objects).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('keeps the same of what pages saw, whoever made which, and builds on it', async () => {
    const kept = () => readFileSync(join(site.path('.sec'), 'clients/shop/build/site.bin'));
    await site.build();
    const first = kept();
    rmSync(site.path('.sec'), { recursive: true });
    await site.build();
    expect(kept().equals(first)).toBe(true);
    // Only their texts change: the rest of the site is found as it was kept.
    for (const n of [5, 1_999]) {
      site.write({ [`content/news/n${n}.md`]: `${fields(n)}News.\n` });
      const next = await site.build();
      expect(next.pages.rendered).toBe(1);
      expect(site.read(next, `news/n${n}/index.html`)).toContain(`<h1>Number ${n}</h1><p>News.</p>`);
    }
  });

  it('names the first page that is wrong, whoever comes upon which', async () => {
    write([40, 1_900, 2_050]);
    const broken = [40, 1_900, 2_050].map((n) => `n${n}.md`).sort()[0];
    await expect(site.build()).rejects.toMatchObject({
      code: 'TEMPLATE_FAILED',
      message: expect.stringContaining(broken ?? ''),
    });
  });

  it('names the first page whose fields are wrong, although others took it apart before', async () => {
    for (const n of [1_999, 30]) site.write({ [`content/news/n${n}.md`]: '---\ntitle: [One\n---\nText\n' });
    await expect(site.build()).rejects.toMatchObject({
      code: 'YAML_BROKEN',
      message: expect.stringContaining('news/n1999.md'),
    });
  });
});
