import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../site/support/workspace.ts';

/** More pages than are rendered by one thread alone. */
const PAGES = 2_100;

let site: TestSite;

function write(broken: readonly number[] = []): void {
  site.write(
    Object.fromEntries(
      Array.from({ length: PAGES }, (_, n) => [
        `content/news/n${n}.md`,
        `---\ntitle: Number ${n}\ndate: 2026-01-${String((n % 28) + 1).padStart(2, '0')}\n---\nText ${n} {{data.prices.${broken.includes(n) ? 'none' : 'cake'}}}\n`,
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
    for (const name of ['n5', 'n1999']) {
      site.write({ [`content/news/${name}.md`]: `---\ntitle: Number ${name.slice(1)}\n---\nNews.\n` });
      const next = await site.build();
      rmSync(site.path('.sec'), { recursive: true });
      expect((await site.build()).release.digest).toBe(next.release.digest);
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
});
