import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderHandler } from '../../src/web/folder.ts';
import { type Served, serveLoopback } from '../../src/web/loopback.ts';
import { launchChromium, withoutChromium } from '../support/chromium.ts';
import { buildDemoSites, type DemoSites } from './demo-sites.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const widths = [360, 1280];
const schemes = ['light', 'dark'] as const;

/** Texts of the head of the page that are wider than their boxes, and so lie over what stands beside them. */
const CUT_OFF = `[...document.querySelectorAll('.site-head :is(.brand, .brand span, .languages, .menu-button, .menu:not([popover]))')]
  .filter((box) => box.scrollWidth > box.clientWidth + 1 && !box.closest('.menu-word'))
  .map((box) => box.textContent.trim())`;

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly target: string[] }[];
  }[];
}

describe.skipIf(withoutChromium())('the theme in a browser', () => {
  let demo: DemoSites;
  let browser: Browser;
  const servers = new Map<string, Served>();

  beforeAll(async () => {
    demo = await buildDemoSites();
    browser = await launchChromium();
    for (const [client, { folder }] of demo.sites)
      servers.set(client, await serveLoopback(folderHandler(folder)));
  });
  afterAll(async () => {
    await browser?.close();
    for (const server of servers.values()) await server.close();
    demo?.remove();
  });

  const addresses = (client: string) => {
    const pages = demo.sites.get(client)?.pages ?? [];
    return pages.map((page) => `${servers.get(client)?.url}${page.replace(/index\.html$/, '')}`);
  };
  const problemsOf = async (page: Page, rules?: readonly string[]): Promise<string[]> => {
    await page.evaluate(axe);
    const options = rules ? JSON.stringify({ runOnly: rules }) : '{}';
    const { violations } = await page.evaluate<AxeResult>(`axe.run(${options})`);
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    );
  };
  const cases = ['maize', 'smaids'].flatMap((client) =>
    widths.flatMap((width) => schemes.map((colorScheme) => ({ client, width, colorScheme }))),
  );

  it.each(cases)(
    '$client is accessible at $width px, $colorScheme',
    async ({ client, width, colorScheme }) => {
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
      const page = await context.newPage();
      const failed: string[] = [];
      page.on('response', (response) => {
        if (response.status() >= 400) failed.push(response.url());
      });
      const problems: string[] = [];
      // Dark or light, the page has the same elements: only their colours can be wrong again.
      const rules = colorScheme === 'dark' ? ['color-contrast'] : undefined;
      for (const address of addresses(client)) {
        await page.goto(address);
        for (const problem of await problemsOf(page, rules)) problems.push(`${address} ${problem}`);
        const scroll = await page.evaluate<number>('document.documentElement.scrollWidth');
        const cut = await page.evaluate<string[]>(CUT_OFF);
        for (const text of cut) problems.push(`${address} has no room for "${text}"`);
        if (scroll > width) problems.push(`${address} is ${scroll} px wide in a window of ${width} px`);
      }
      await context.close();
      expect(problems).toEqual([]);
      expect(failed).toEqual([]);
    },
    120_000,
  );

  it.each(['maize', 'smaids'])(
    'the menu of %s opens on a phone without JavaScript of its own',
    async (client) => {
      const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
      const page = await context.newPage();
      await page.goto(`${servers.get(client)?.url}`);
      expect(await page.locator('script:not([type="application/ld+json"])').count()).toBe(0);
      const menu = page.locator('nav.menu');
      expect(await menu.isVisible()).toBe(false);
      await page.locator('.menu-button:not(.menu-close)').click();
      expect(await menu.isVisible()).toBe(true);
      expect(await problemsOf(page)).toEqual([]);
      await page.keyboard.press('Escape');
      expect(await menu.isVisible()).toBe(false);
      await context.close();
    },
  );

  it('has room on a phone for a long name beside languages and menu', async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    await page.goto(`${servers.get('smaids')?.url}`);
    await page.evaluate(`document.querySelector('.brand span').textContent = 'Zobārstniecība Smaids'`);
    expect(await page.evaluate<string[]>(CUT_OFF)).toEqual([]);
    await context.close();
  });

  it('keeps text readable whatever colours a client brings', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const problems: string[] = [];
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      await page.goto(`${servers.get('maize')?.url}`);
      for (const [brand, accent] of [
        ['#ffe600', '#fff8b0'],
        ['#000000', '#000000'],
        ['#ff0055', '#00e5ff'],
        ['#ffffff', '#7fff00'],
      ]) {
        await page.addStyleTag({ content: `:root { --brand: ${brand}; --accent: ${accent} }` });
        for (const problem of await problemsOf(page, ['color-contrast']))
          problems.push(`${brand} ${colorScheme} ${problem}`);
      }
    }
    await context.close();
    expect(problems).toEqual([]);
  }, 60_000);
});
