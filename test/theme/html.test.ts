import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDemoSites, type DemoSites } from './demo-sites.ts';

const validator = new HtmlValidate({ extends: ['html-validate:recommended'] });

/** The web version of a mail is a mail: tables and styles for programs that know no others. */
const isMail = (page: string) => /^campaigns\/[^/]+\/[a-z]{2}\//.test(page);

let demo: DemoSites;
beforeAll(async () => {
  demo = await buildDemoSites();
});
afterAll(() => demo.remove());

describe.each([
  ['maize', 'en'],
  ['smaids', 'lv'],
])('the pages of %s', (client, second) => {
  const site = () => {
    const found = demo.sites.get(client);
    if (!found) throw new Error(`${client} was not built`);
    return found;
  };
  const read = (page: string) => readFileSync(join(site().folder, page), 'utf8');

  it('are there in both languages, with those of the campaigns', () => {
    const { pages } = site();
    expect(pages).toEqual(expect.arrayContaining(['404.html', 'index.html', `${second}/index.html`]));
    expect(pages.length).toBeGreaterThan(12);
    expect(read('index.html')).toContain('class="promo-bar"');
  });

  it('are valid HTML', async () => {
    const problems: string[] = [];
    for (const page of site().pages.filter((page) => !isMail(page))) {
      const { results } = await validator.validateString(read(page), page);
      for (const { messages } of results)
        for (const { line, ruleId, message } of messages)
          problems.push(`${page}:${line} ${ruleId}: ${message}`);
    }
    expect(problems).toEqual([]);
  });

  it('share a picture that networks can show', () => {
    for (const page of site().pages) {
      const [, image] = /<meta property="og:image" content="([^"]*)"/.exec(read(page)) ?? [];
      if (image === undefined) continue;
      expect(image).toMatch(/\.(png|jpe?g|webp)$/);
      expect(existsSync(join(site().folder, new URL(image).pathname))).toBe(true);
    }
    expect(read('index.html')).toContain('property="og:image"');
  });

  it('ask no other server for anything', () => {
    for (const page of site().pages) {
      const outside = [
        ...read(page).matchAll(/<(?:img|script|iframe|source)\b[^>]*\bsrc="(https?:|\/\/)[^"]*"/g),
      ];
      const sheets = [
        ...read(page).matchAll(/<link rel="(?:stylesheet|icon|preload)"[^>]*href="(?:https?:|\/\/)/g),
      ];
      expect([...outside, ...sheets].map(([found]) => found)).toEqual([]);
    }
  });
});
