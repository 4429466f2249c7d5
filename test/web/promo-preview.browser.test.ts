import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openCampaign } from '../../src/cli/context/campaign.ts';
import { previewCampaign, servePreviews } from '../../src/cli/context/campaign-preview.ts';
import { makeContext } from '../campaign/workspace.ts';
import { launchChromium, withoutChromium } from '../support/chromium.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const body = `Hello {{or first_name "friend"}}.

![Elsewhere](https://pictures.example/a.png) <script>document.title = 'run'</script>`;
const files = {
  'campaigns/kaldi/spring/campaign.md': `---\nsubject: Spring blends\ntemplate: own\n---\n${body}\n`,
  'campaigns/kaldi/spring/campaign.lv.md': '---\nsubject: Pavasaris\n---\nSveiki.\n',
  'sites/kaldi/email/own.mjml':
    '<mjml><mj-body><mj-section><mj-column><mj-text>{{{content}}}</mj-text><mj-raw><script>document.title = "run"</script><img src="https://pictures.example/b.png" alt="" /></mj-raw></mj-column></mj-section></mj-body></mjml>',
};

describe.skipIf(withoutChromium())('the preview of a mail in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const open = async () => {
    const context = makeContext(files);
    const client = await context.client('kaldi');
    const campaign = await openCampaign(context, client, 'spring');
    const readers = await previewCampaign(context, client, campaign, undefined);
    const served = await servePreviews('kaldi · spring', readers, undefined);
    onTestFinished(() => served.close());
    return served;
  };

  it.each([
    [360, 'light'],
    [1280, 'dark'],
  ] as const)('can be read by everybody at %i px, %s', async (width, colorScheme) => {
    const served = await open();
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    const page = await context.newPage();
    await page.goto(served.url);
    await page.getByRole('link', { name: 'Dark' }).click();
    await page.evaluate(axe);
    const violations = await page.evaluate(
      'axe.run({ iframes: false }).then((found) => found.violations.map(({ id }) => id))',
    );
    expect(violations).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(await page.locator('iframe').first().getAttribute('src')).toContain('scheme=dark');
    await page.getByRole('link', { name: 'Latviešu' }).click();
    expect(await page.locator('h1').textContent()).toBe('Pavasaris');
    await context.close();
  });

  it('loads nothing from the web, and runs nothing', async () => {
    const served = await open();
    const context = await browser.newContext();
    const page = await context.newPage();
    const { host } = new URL(served.url);
    const elsewhere: string[] = [];
    page.on('requestfailed', (request) => elsewhere.push(request.failure()?.errorText ?? ''));
    page.on('response', (response) => elsewhere.push(new URL(response.url()).host));
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    await page.goto(served.url, { waitUntil: 'networkidle' });
    // Blocked by the page's own policy before anything leaves this computer.
    expect(new Set(elsewhere)).toEqual(new Set([host, 'csp']));
    expect(said.filter((text) => /script/i.test(text))).not.toEqual([]);
    const frames = page.frames().filter((frame) => frame !== page.mainFrame());
    expect(frames).toHaveLength(2);
    expect(await page.locator('.note').textContent()).toContain('https://pictures.example/b.png');
    await context.close();
  });
});
