import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, withoutChromium } from '../../support/chromium.ts';
import { rendererOf } from './markdown.ts';
import { payloads } from './xss.ts';

const ORIGIN = 'https://shop.example';

/** Whatever an attack could do once it runs: each is noted. */
const WATCH = `
  window.__ran = [];
  for (const name of ['alert', 'confirm', 'prompt', 'msgbox', 'open'])
    window[name] = (...words) => { window.__ran.push(name + ' ' + words.join(' ')); return true; };
`;

/** Does to every element what a visitor may do, without leaving the page. */
const USE_EVERYTHING = `(() => {
  const events = ['mouseover', 'mouseenter', 'mousemove', 'pointerenter', 'pointerdown', 'wheel', 'scroll', 'focus', 'blur',
    'focusin', 'input', 'change', 'toggle', 'dragstart', 'keydown', 'animationstart', 'error', 'load', 'begin', 'submit'];
  for (const element of document.querySelectorAll('main, main *')) {
    for (const name of events) element.dispatchEvent(new Event(name, { bubbles: true, cancelable: true }));
    element.focus?.();
    const leads = element.closest('a[href], area[href]')?.href ?? '';
    if (/^https?:/.test(leads)) continue;
    element.click?.();
  }
})()`;

/** Links and forms whose address is code, however it is written: the browser's own reading of it. */
const CODE_ADDRESSES = `[...document.querySelectorAll('main *')].flatMap((element) =>
  ['href', 'src', 'action', 'formAction', 'data', 'poster', 'background', 'cite']
    .map((name) => element[name])
    .filter((value) => typeof value === 'string' && /^(javascript|vbscript|data:text|data:image\\/svg|blob|filesystem):/i.test(value)))`;

describe.skipIf(withoutChromium())('the sanitiser against attacks, in a browser', () => {
  let browser: Browser;
  let page: Page;
  let markup = '';
  const asked: string[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
    await page.addInitScript(WATCH);
    await page.route('**/*', (route) => {
      const request = route.request();
      if (
        request.isNavigationRequest() &&
        request.frame() === page.mainFrame() &&
        request.url() === `${ORIGIN}/`
      )
        return route.fulfill({ contentType: 'text/html', body: markup });
      asked.push(`${request.resourceType()} ${request.url()}`);
      return route.abort();
    });
  });
  afterAll(() => browser?.close());

  const ranIn = async (body: string) => {
    markup = `<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><main>${body}</main></body></html>`;
    asked.length = 0;
    await page.goto(`${ORIGIN}/`, { waitUntil: 'load' });
    await page.evaluate(USE_EVERYTHING);
    await page.waitForTimeout(10);
    return {
      ran: await page.evaluate<string[]>('window.__ran'),
      addresses: await page.evaluate<string[]>(CODE_ADDRESSES),
      scripts: await page.evaluate<number>(
        'document.scripts.length + document.querySelectorAll("iframe, object, embed, base, style, link, meta, form, svg, math, template").length',
      ),
      loaded: asked.filter((what) => !/^(image|media|other) /.test(what)),
    };
  };

  it('notices an attack that works', async () => {
    const { ran } = await ranIn('<img src=x onerror=alert(1)>');
    expect(ran[0]).toBe('alert 1');
    expect((await ranIn('<a href="java&Tab;script:alert(1)">x</a>')).addresses).toHaveLength(1);
  });

  it('has enough attacks to stand against', () => expect(payloads.length).toBeGreaterThan(250));

  it.each(payloads)('$kind: $text', async ({ text }) => {
    const render = rendererOf('sanitise');
    const nothing = { ran: [], addresses: [], scripts: 0, loaded: [] };
    expect(await ranIn(render(text))).toEqual(nothing);
    expect(await ranIn(render(`Words before\n\n${text}\n\nand after`))).toEqual(nothing);
  });

  it.each(payloads)('with HTML shown as text, $kind: $text', async ({ text }) => {
    const { ran, addresses } = await ranIn(rendererOf('escape')(text));
    expect({ ran, addresses }).toEqual({ ran: [], addresses: [] });
  });
});
