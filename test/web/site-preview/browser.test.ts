import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, withoutChromium } from '../../support/chromium.ts';
import { previewedSite } from './support.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly target: readonly string[] }[];
  }[];
}

const bread = (text: string, fields = '') => `---\n${fields}title: Our bread\n---\n${text}\n`;

describe.skipIf(withoutChromium())('the preview in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const open = async (address: string, width = 1280): Promise<Page> => {
    const page = await (await browser.newContext({ viewport: { width, height: 740 } })).newPage();
    await page.goto(address);
    return page;
  };
  const barOf = async (page: Page): Promise<Frame> => {
    const frame = await (await page.waitForSelector('#sec-preview-bar')).contentFrame();
    if (!frame) throw new Error('The bar is not a frame.');
    await frame.waitForSelector('summary');
    return frame;
  };
  /** What axe finds in the bar, looked at as a part of its page. */
  const problemsOf = async (page: Page): Promise<string[]> => {
    for (const frame of page.frames()) await frame.evaluate(axe);
    const { violations } = await page.evaluate<AxeResult>('axe.run()');
    return violations.flatMap(({ id, nodes }) =>
      nodes
        .filter(({ target }) => target.length > 1 || target[0]?.includes('sec-preview'))
        .map(({ html }) => `${id}: ${html}`),
    );
  };

  it('brings a save to the open page, and keeps its place', async () => {
    const { site, url } = await previewedSite({ 'content/bread.md': bread('Line.\n\n'.repeat(80)) });
    const page = await open(`${url}/bread/`);
    await barOf(page);
    await page.evaluate('scrollTo(0, 600)');
    site.write({ 'content/bread.md': bread(`${'Line.\n\n'.repeat(80)}Baked at noon.`) });
    await page.getByText('Baked at noon.').waitFor();
    expect(await page.evaluate<number>('scrollY')).toBe(600);
    site.theme({ 'assets/main.css': 'body{color:rgb(1,2,3)}' });
    await page.waitForFunction(`getComputedStyle(document.body).color === 'rgb(1, 2, 3)'`);
    await page.context().close();
  });

  it('shows a mistake while it is there, above the last good page', async () => {
    const { site, url } = await previewedSite();
    const page = await open(`${url}/bread/`);
    const bar = await barOf(page);
    site.write({ 'content/bread.md': bread('Baked at noon.', 'draft: perhaps\n') });
    await bar.getByText('This cannot be shown yet').waitFor();
    expect(await bar.locator('.excerpt .at').textContent()).toContain('draft: perhaps');
    expect(await page.getByText('Baked at night.').isVisible()).toBe(true);
    site.write({ 'content/bread.md': bread('Baked at noon.') });
    await page.getByText('Baked at noon.').waitFor();
    expect(await (await barOf(page)).getByText('This cannot be shown yet').count()).toBe(0);
    await page.context().close();
  });

  it('leaves the page alone when only others change, and says so in the bar', async () => {
    const { site, url } = await previewedSite();
    const page = await open(`${url}/bread/`);
    const bar = await barOf(page);
    await bar.getByText('Nothing is live yet').waitFor();
    await bar.locator('summary').click();
    await page.evaluate('window.isTheSame = true');
    site.write({ 'content/visit.md': '---\ntitle: Visit us\nmenu: false\n---\n' });
    await bar.getByRole('link', { name: 'Visit us' }).waitFor();
    expect(await page.evaluate('window.isTheSame')).toBe(true);
    await bar.getByRole('link', { name: 'Visit us' }).click();
    await page.getByRole('heading', { name: 'Visit us' }).waitFor();
    expect(page.url()).toBe(`${url}/visit/`);
    await page.context().close();
  });

  it('switches to drafts from the bar', async () => {
    const { url } = await previewedSite();
    const page = await open(`${url}/soon/`);
    const bar = await barOf(page);
    await bar.locator('summary').click();
    await bar.getByLabel('Drafts').check();
    await bar.getByRole('button', { name: 'Show' }).click();
    await page.getByRole('heading', { name: 'Soon' }).waitFor();
    expect(await (await barOf(page)).locator('.views').textContent()).toBe('drafts');
    await page.context().close();
  });

  it.each([360, 1280])(
    'has an accessible bar that fits %i px, closed, open and with a mistake',
    async (width) => {
      const { site, url } = await previewedSite({
        'layouts/page.hbs': '{{#> base}}<main><h1>{{page.title}}</h1>{{{content}}}</main>{{/base}}',
      });
      const page = await open(`${url}/bread/`, width);
      const bar = await barOf(page);
      const fits = () => bar.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth');
      expect([await problemsOf(page), await fits()]).toEqual([[], true]);
      await bar.locator('summary').click();
      await bar.getByRole('button', { name: 'Show' }).waitFor();
      expect([await problemsOf(page), await fits()]).toEqual([[], true]);
      site.write({
        'content/bread.md': bread('x', `menu: ${'unreasonably-long-'.repeat(12)}\ndraft: perhaps\n`),
      });
      await bar.getByText('This cannot be shown yet').waitFor();
      expect([await problemsOf(page), await fits()]).toEqual([[], true]);
      const height = await page.evaluate<number>(`document.querySelector('#sec-preview-bar').offsetHeight`);
      expect(height).toBeLessThan(740 * 0.75);
      await page.context().close();
    },
  );
});
