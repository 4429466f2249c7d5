import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveLoopback } from '../../../src/web/loopback.ts';
import { approvingOffice, type OfficeOptions, secIn, page as writePage } from '../../support/approval.ts';
import { openDesk } from '../../support/approval-desk.ts';
import { launchChromium, withoutChromium } from '../../support/chromium.ts';
import { filesIn, write } from '../../support/kaldi.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function scene(options: OfficeOptions = {}) {
  const office = approvingOffice(options);
  const desk = await openDesk(office);
  return { office, desk };
}

describe.skipIf(withoutChromium())('the approval desk in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  async function open(url: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    await page.goto(url);
    return page;
  }

  const violations = (page: Page) =>
    page.evaluate<string[]>(
      `${axe}; axe.run(document, {iframes: false}).then(({violations}) => violations.map(({id}) => id))`,
    );

  it.each([360, 1280])(
    'shows a site’s change at %i px, without a fault for screen readers',
    async (width) => {
      const { office, desk } = await scene({ locale: 'lv' });
      const link = await desk.ask('site');
      const page = await open(link.url, { viewport: { width, height: 900 } });
      await page.waitForSelector('#answer');
      expect(page.url()).toBe(`${desk.origin}/r/${link.id}`);
      expect(await page.title()).toBe('Jūsu apstiprinājumam – Kaldi Coffee');
      expect(await page.getByRole('heading', { name: 'Prices' }).textContent()).toContain('jauna');
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
      const frame = page.frameLocator('iframe').first();
      expect(await frame.locator('h1').first().textContent()).toBeTruthy();
      expect(Object.keys(filesIn(office.cwd, 'public'))).toEqual([]);
      await page.context().close();
    },
  );

  it('is answered by keyboard alone, and what was approved goes live', async () => {
    const { office, desk } = await scene();
    const link = await desk.ask('site');
    const page = await open(link.url);
    await page.waitForSelector('#answer');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Anna Berg');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Approved. Thank you!' }).waitFor();
    const receipt = await page.locator('dl').textContent();
    expect(receipt).toContain('T1 – Answered through the link in your e-mail');
    const head = (await office.run('audit', 'verify', '--json')).json<{ head: string }>().head;
    expect(receipt).toContain(head);
    const ran = await office.run('site', 'publish', 'kaldi', '--yes', '--json');
    expect(ran.json()).toMatchObject({ applied: true, approval: { tier: 'T1' } });
    await page.context().close();
  });

  it.each([
    { width: 360, colorScheme: 'dark' as const },
    { width: 1280, colorScheme: 'light' as const },
  ])(
    'takes notes at pages at $width px ($colorScheme), in every state without a fault for screen readers',
    async ({ width, colorScheme }) => {
      const { desk } = await scene();
      const link = await desk.ask('site');
      const page = await open(link.url, { viewport: { width, height: 800 }, colorScheme });
      await page.waitForSelector('#answer');
      const tooWide = () => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      const faults = async () => [...(await violations(page)), await tooWide()];
      const prices = page.getByRole('textbox', { name: 'What should be different on “Prices”?' });
      await page.locator('summary', { hasText: ': Prices' }).click();
      expect(await faults()).toEqual([0]);
      await prices.fill('Larger prices');
      await page.locator('details[open]').getByRole('button', { name: 'Note it' }).click();
      await page.getByText('Noted. It goes to the office').waitFor();
      expect(await prices.inputValue()).toBe('Larger prices');
      expect(await page.locator('#changes li').textContent()).toBe('Prices (/prices/): Larger prices');
      expect(await faults()).toEqual([0]);

      const alert = page.getByRole('alert');
      await page.locator('#approve').getByLabel('Your name').fill('Anna Berg');
      await page.getByRole('button', { name: 'Approve' }).click();
      await alert.filter({ hasText: 'You have noted something to change' }).waitFor();
      expect(await faults()).toEqual([0]);
      const form = page.locator('#changes');
      await form.getByLabel('What should be different?').fill('And warmer');
      await form.getByLabel('Which page?').selectOption('/');
      await form.getByLabel('Your name').fill('Mallory');
      await form.getByRole('button', { name: 'Ask for changes' }).click();
      await alert.filter({ hasText: 'The name is not the one' }).waitFor();
      expect(await form.getByLabel('Your name').getAttribute('aria-invalid')).toBe('true');
      expect(await form.getByLabel('Which page?').inputValue()).toBe('/');
      expect(await faults()).toEqual([0]);
      await form.getByLabel('Your name').fill('Anna Berg');
      await form.getByRole('button', { name: 'Ask for changes' }).click();
      await page.getByRole('heading', { name: 'Sent to the office. Thank you!' }).waitFor();
      expect(await page.locator('dl').textContent()).toMatch(/\/prices\/Larger prices.*\/And warmer/s);
      expect(await faults()).toEqual([0]);
      await page.context().close();
    },
  );

  it('takes a note by keyboard alone and without JavaScript, and gives it up again', async () => {
    const { desk } = await scene();
    const link = await desk.ask('site');
    const page = await open(link.url, { javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await page.getByLabel('Link from the e-mail').focus();
    await page.keyboard.type(link.url);
    await press('Enter');
    const notes = page.locator('details.note').filter({ hasText: 'Prices' });
    await notes.locator('summary').focus();
    await press('Enter', 'Tab');
    await page.keyboard.type('Larger prices');
    await press('Tab', 'Enter');
    await page.getByText('Noted. It goes to the office').waitFor();
    expect(page.url()).toMatch(/#page-\d$/);
    // Until the page is whole, the browser may still go to its fragment and take the focus along.
    await page.waitForLoadState();
    await notes.locator('summary').focus();
    await press('Tab', 'Control+A', 'Delete', 'Tab', 'Enter');
    await page.getByText('Noted. It goes to the office').waitFor({ state: 'detached' });
    expect(await page.locator('#changes li').count()).toBe(0);
    await page.context().close();
  });

  it('is read and answered without JavaScript: the link is pasted', async () => {
    const { office, desk } = await scene();
    const link = await desk.ask('spring', '--csv', join(office.cwd, 'customers.csv'), '--basis', 'customer');
    const page = await open(link.url, { javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
    await page.getByLabel('Link from the e-mail').fill(link.url);
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText('As customer 3 sees it').first().waitFor();
    expect(await page.locator('main').textContent()).toContain('3 people on the list “customers.csv”');
    expect(await page.frameLocator('iframe').first().locator('body').textContent()).toContain(
      'spring blends',
    );
    const form = page.locator('#changes');
    await form.getByLabel('What should be different?').fill('Fewer words');
    await form.getByLabel('Your name').fill('Anna Berg');
    await form.getByRole('button', { name: 'Ask for changes' }).click();
    await page.getByRole('heading', { name: 'Sent to the office. Thank you!' }).waitFor();
    await page.context().close();
  });

  it('runs no script of a preview, framed or opened alone, and lets nobody frame it', async () => {
    const { office, desk } = await scene();
    write(
      office.cwd,
      'sites/kaldi/site.yaml',
      `${readFileSync(join(office.cwd, 'sites/kaldi/site.yaml'), 'utf8')}markdown: {html: allow}\n`,
    );
    writePage(
      office.cwd,
      '_index',
      'Home',
      '<h2 id="x">Safe</h2><script>document.getElementById("x").textContent = "owned"; top.location = "https://evil.example/"</script><img src="x" onerror="document.title = \'owned\'">',
    );
    const link = await desk.ask('site');
    const page = await open(link.url);
    await page.waitForSelector('#answer');
    const inside = page.frameLocator('iframe').first().locator('#x');
    expect(await inside.textContent()).toBe('Safe');
    const address = (await page.locator('iframe').first().getAttribute('src')) ?? '';
    await page.goto(desk.origin + address);
    expect(await page.locator('#x').textContent()).toBe('Safe');
    expect(await page.title()).not.toBe('owned');

    const frames = `<iframe src="${desk.origin}/r/${link.id}"></iframe>`;
    const evil = await serveLoopback(
      () => new Response(frames, { headers: { 'content-type': 'text/html' } }),
    );
    await page.goto(evil.url);
    const framed = page.frames().find((frame) => frame !== page.mainFrame());
    await framed?.waitForLoadState();
    expect(await framed?.evaluate<string>('document.body.textContent').catch(() => '')).not.toContain(
      'e-mail',
    );
    await evil.close();
    await page.context().close();
  });

  it('takes an approval signed by a passkey, which a fresh checkout verifies and nobody can claim', async () => {
    const { office, desk } = await scene({ policy: '{approval: {site: required, tier: T3}}' });
    const link = await desk.ask('site');
    const page = await open(link.url);
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.getByRole('button', { name: 'Make a passkey' }).click();
    const made = page.getByText(/[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}/);
    await made.waitFor();
    const [number = ''] = /[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}/.exec((await made.textContent()) ?? '') ?? [];
    await page.reload();
    expect(await page.getByRole('button', { name: 'Approve with your passkey' }).count()).toBe(0);
    expect((await office.run('approval', 'passkey', 'kaldi', '0000-0000-0000', '--yes')).code).toBe(2);
    expect((await office.run('approval', 'passkey', 'kaldi', number, '--yes')).stdout).toContain('trusted');

    await page.reload();
    await page.locator('#approve').getByLabel('Your name').fill('Anna Berg');
    await page.getByRole('button', { name: 'Approve with your passkey' }).click();
    await page.getByRole('heading', { name: 'Approved. Thank you!' }).waitFor();
    expect(await page.locator('dl').textContent()).toContain('T3 – Signed with your passkey');
    await page.context().close();

    const checkout = temporaryFolder();
    for (const name of ['sec.yaml', 'sites'])
      cpSync(join(office.cwd, name), join(checkout, name), { recursive: true });
    const ci = (...words: string[]) => secIn(checkout, join(checkout, 'no-keys'), words);
    const [name = '', text = ''] =
      Object.entries(filesIn(checkout, 'sites/kaldi/approvals')).find(([file]) =>
        /^[0-9a-f]{64}\.json$/.test(file),
      ) ?? [];
    const file = join(checkout, 'sites/kaldi/approvals', name);
    const envelope = JSON.parse(text);
    const { signature } = envelope.passkey;
    const forged = signature.slice(0, 20) + (signature[20] === 'A' ? 'B' : 'A') + signature.slice(21);
    writeFileSync(file, text.replace(signature, forged));
    const refused = await ci('site', 'publish', 'kaldi', '--yes', '--require-approval', '--json');
    expect(refused.json()).toMatchObject({ error: { code: 'APPROVAL_BROKEN', exitCode: 77 } });
    writeFileSync(file, text);
    const ran = await ci('site', 'publish', 'kaldi', '--yes', '--require-approval', '--json');
    expect(ran.json()).toMatchObject({ applied: true, approval: { tier: 'T3' } });
  });
});
