import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { page, shop } from '../site/check/check.ts';
import { foreignSite } from '../support/foreign-site.ts';
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

  it('finds the mistakes of a site that another program builds, in its texts', async () => {
    const site = foreignSite();
    site.write('content/about.md', '---\ntitle: About us\n---\n\n<a href="/gone/">We</a> bake.\n');
    const ran = await site.sec(['site', 'check', 'bakery', '--json']);
    const { problems } = ran.json<{ problems: { rule: string }[] }>();
    expect(problems.filter(({ rule }) => rule === 'broken-link')).toMatchObject([
      { file: 'sites/bakery/content/about.md', line: 5, text: '/gone/' },
    ]);
    expect(ran.code).toBe(1);
  });

  it.each(['maize', 'smaids'])('finds nothing in the demo client %s', async (client) => {
    const ran = await sec(['site', 'check', client, '--json']);
    expect(ran.json()).toMatchObject({ problems: [], errors: 0, warnings: 0, accepted: 0 });
    expect(ran.code).toBe(0);
  });
});

describe('what is wrong on changed pages', () => {
  it('is said before a publication, which a yes lets through', async () => {
    const site = shop(mistakes);
    const ran = await sec(['site', 'publish', 'shop', '--yes'], { cwd: site.root });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain('sites/shop/content/a.md, line 5: The link /gone/ leads to something');
    site.write({ 'content/b.md': page('B', 'Fine.') });
    const again = await sec(['site', 'publish', 'shop', '--yes'], { cwd: site.root });
    expect(again.stderr).not.toContain('/gone/');
  });

  it('is said of an edit, and is not what the client accepts', async () => {
    const site = shop(mistakes);
    const words = ['site', 'update', 'shop', 'a', '--set', 'title=New', '--no-publish'];
    const ran = await sec([...words, '--json'], { cwd: site.root });
    expect(ran.json()).toMatchObject({ saved: true, problems: [{ rule: 'broken-link' }, {}, {}] });
    await run(site, '--accept');
    const after = await sec(['site', 'update', 'shop', 'a', '--set', 'title=Other', '--no-publish'], {
      cwd: site.root,
    });
    expect(after.code).toBe(0);
    expect(after.stderr).not.toContain('/gone/');
  });
});

describe('sec site check of a site that another program makes', () => {
  const check = (site: ReturnType<typeof foreignSite>) => site.sec(['site', 'check', 'bakery', '--json']);
  const rules = (ran: Awaited<ReturnType<typeof check>>) =>
    ran.json<{ problems: { rule: string }[] }>().problems.map(({ rule }) => rule);

  it.each([
    ['that fails', 'process.exit(3);', 'generator-failed'],
    ['that leaves nothing', '', 'output-refused'],
  ])('tells of a generator %s as it tells of everything else', async (_, script, rule) => {
    const ran = await check(foreignSite({ alone: true, script }));
    expect(ran.code).toBe(1);
    expect(rules(ran)).toEqual([rule]);
  });
});
