import type { Browser, Frame, Page } from 'playwright-core';
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

const FORBIDDEN =
  'document.scripts.length + document.querySelectorAll("iframe, object, embed, base, style, link, meta, form, svg, math, template").length';

interface Outcome {
  /** Functions that an attack called. */
  readonly ran: readonly string[];
  /** Addresses that are code. */
  readonly addresses: readonly string[];
  /** Elements that the sanitiser never lets through. */
  readonly scripts: number;
  /** What the page asked for that is neither picture nor sound. */
  readonly loaded: readonly string[];
}

const HARMLESS: Outcome = { ran: [], addresses: [], scripts: 0, loaded: [] };
/** Documents on one page at a time: a page for each would take most of the suite's time to come and go. */
const TOGETHER = 40;

describe.skipIf(withoutChromium())('the sanitiser against attacks, in a browser', () => {
  let browser: Browser;
  let page: Page;
  let markup = '';
  const asked: { by: Frame; what: string }[] = [];

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
      asked.push({ by: request.frame(), what: `${request.resourceType()} ${request.url()}` });
      return route.abort();
    });
  });
  afterAll(() => browser?.close());

  /** Runs code in each document of the page and gathers what it returns. */
  const inEach = <T>(code: string) =>
    page.evaluate<T[]>(
      `[...document.querySelectorAll('body > iframe')].map(({ contentWindow }) => contentWindow.eval(${JSON.stringify(code)}))`,
    );

  /** Shows each body in a document of its own, uses everything there, and says what came of it. */
  const showTogether = async (bodies: readonly string[]): Promise<Outcome[]> => {
    const frames = bodies.map((body) => {
      const whole = `<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><main>${body}</main></body></html>`;
      return `<iframe srcdoc="${whole.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`;
    });
    markup = `<!DOCTYPE html><html lang="en"><head><title>x</title></head><body>${frames.join('')}</body></html>`;
    asked.length = 0;
    await page.goto(`${ORIGIN}/`, { waitUntil: 'load' });
    const shown = page.mainFrame().childFrames();
    expect(shown).toHaveLength(bodies.length);
    await inEach(USE_EVERYTHING);
    await page.waitForTimeout(100);
    const [ran, addresses, scripts] = [
      await inEach<string[]>('window.__ran'),
      await inEach<string[]>(CODE_ADDRESSES),
      await inEach<number>(FORBIDDEN),
    ];
    return shown.map((frame, n) => ({
      ran: ran[n] ?? [],
      addresses: addresses[n] ?? [],
      scripts: scripts[n] ?? 0,
      loaded: asked
        .filter(({ by, what }) => by === frame && !/^(image|media|other) /.test(what))
        .map(({ what }) => what),
    }));
  };

  const show = async (bodies: readonly string[]): Promise<Outcome[]> => {
    const outcomes: Outcome[] = [];
    for (let at = 0; at < bodies.length; at += TOGETHER)
      outcomes.push(...(await showTogether(bodies.slice(at, at + TOGETHER))));
    return outcomes;
  };

  it('notices attacks that work, and whose they are', async () => {
    const outcomes = await show([
      'nothing',
      '<img src=x onerror=alert(1)>',
      '<a href="java&Tab;script:alert(1)">x</a>',
      '<script src="https://evil.example/x.js"></script>',
    ]);
    expect(outcomes[0]).toEqual(HARMLESS);
    expect(outcomes[1]?.ran[0]).toBe('alert 1');
    expect(outcomes[2]?.addresses).toHaveLength(1);
    expect(outcomes[3]).toMatchObject({ scripts: 1, loaded: ['script https://evil.example/x.js'] });
  });

  it('has enough attacks to stand against', () => expect(payloads.length).toBeGreaterThan(250));

  describe('cleaned', () => {
    let alone: Outcome[] = [];
    let between: Outcome[] = [];
    beforeAll(async () => {
      const render = rendererOf('sanitise');
      alone = await show(payloads.map(({ text }) => render(text)));
      between = await show(payloads.map(({ text }) => render(`Words before\n\n${text}\n\nand after`)));
    });

    it.each(payloads.map((payload, n) => ({ ...payload, n })))('$kind: $text', ({ n }) => {
      expect(alone[n]).toEqual(HARMLESS);
      expect(between[n]).toEqual(HARMLESS);
    });
  });

  describe('shown as text', () => {
    let outcomes: Outcome[] = [];
    beforeAll(async () => {
      outcomes = await show(payloads.map(({ text }) => rendererOf('escape')(text)));
    });

    it.each(payloads.map((payload, n) => ({ ...payload, n })))('$kind: $text', ({ n }) => {
      expect(outcomes[n]).toMatchObject({ ran: [], addresses: [] });
    });
  });
});
