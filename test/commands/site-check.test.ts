import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { page, shop } from '../site/check/check.ts';
import { sec } from '../support/sec.ts';

const mistakes = { 'content/a.md': page('A page', 'See [x](/gone/).\n\n![](photo.jpg)') };
const run = (site: ReturnType<typeof shop>, ...words: string[]) =>
  sec(['site', 'check', 'shop', ...words], { cwd: site.root });

describe('sec site check', () => {
  it('says where, what and how to mend it, and exits with 1', async () => {
    const site = shop(mistakes);
    const ran = await run(site);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('sites/shop/content/a.md\n');
    expect(ran.stdout).toMatch(
      / {4}5 ✗ The link \/gone\/ leads to something that is not on the site.* broken-link\n/,
    );
    expect(ran.stdout).toContain('3 errors');
    const json = (await run(site, '--json')).json<{ problems: object[] }>();
    expect(json).toMatchObject({ client: 'shop', errors: 3, warnings: 0, accepted: 0, unused: [] });
    expect(json.problems[0]).toEqual({
      file: 'sites/shop/content/a.md',
      line: 5,
      rule: 'broken-link',
      severity: 'error',
      text: '/gone/',
      message: expect.any(String),
      fix: expect.any(String),
    });
  });

  it('leaves everything as it is', async () => {
    const site = shop(mistakes);
    await run(site);
    expect(existsSync(site.path('sites/shop/check-baseline.yaml'))).toBe(false);
    expect(existsSync(site.path('.sec/clients/shop/build/builds.json'))).toBe(false);
  });

  it('counts what a client accepts, and tells of what is accepted and gone', async () => {
    const site = shop(mistakes);
    const accepted = await run(site, '--accept', '--json');
    expect(accepted.code).toBe(0);
    expect(accepted.json()).toMatchObject({ problems: [], errors: 0, accepted: 3, baselineWritten: true });
    const file = site.path('sites/shop/check-baseline.yaml');
    expect(readFileSync(file, 'utf8')).toContain(
      'rule: broken-link\n    file: sites/shop/content/a.md\n    text: /gone/\n',
    );

    site.write({ 'content/a.md': page('A page', 'See [x](/other/).') });
    const after = await run(site, '--json');
    expect(after.code).toBe(1);
    expect(after.json()).toMatchObject({
      problems: [{ rule: 'broken-link', text: '/other/' }],
      accepted: 0,
      unused: [{ text: '/gone/' }, { rule: 'broken-image' }, { rule: 'missing-alt' }],
    });
    expect((await run(site)).stdout).toContain('Accepted, and not found any more: broken-link');
  });

  it('keeps the notes of what is still accepted', async () => {
    const site = shop(mistakes);
    const file = site.path('sites/shop/check-baseline.yaml');
    const entry = '{rule: broken-link, file: sites/shop/content/a.md, note: asked the owner}';
    writeFileSync(file, `accepted:\n  - ${entry}\n`);
    await run(site, '--accept');
    expect(readFileSync(file, 'utf8')).toContain('note: asked the owner');
    expect((await run(site)).code).toBe(0);
  });

  it('refuses a baseline with a misspelt field', async () => {
    const site = shop(mistakes);
    writeFileSync(
      site.path('sites/shop/check-baseline.yaml'),
      'accepted:\n  - {rul: broken-link, file: x}\n',
    );
    const ran = await run(site, '--json');
    expect(ran.code).toBe(78);
    expect(ran.json()).toMatchObject({ error: { code: 'FIELD_INVALID', hint: 'Did you mean "rule"?' } });
  });

  it.each(['maize', 'smaids'])('finds nothing in the demo client %s', async (client) => {
    const ran = await sec(['site', 'check', client, '--json']);
    expect(ran.json()).toMatchObject({ problems: [], errors: 0, warnings: 0, accepted: 0 });
    expect(ran.code).toBe(0);
  });
});
