import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ForeignSite, foreignSite } from '../support/foreign-site.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const build = (site: ForeignSite, ...words: string[]) =>
  site.sec(['site', 'build', 'bakery', '--json', ...words]);
const update = (site: ForeignSite, ...words: string[]) => site.sec(['site', 'update', 'bakery', ...words]);
const about = (site: ForeignSite) => site.read('content/about.md');

describe('its pages', () => {
  it('are edited byte for byte, built, compared and published', async () => {
    const site = foreignSite();
    await site.sec(['site', 'publish', 'bakery', '--yes']);
    const before = about(site);
    const ran = await update(site, 'about', '--set', 'title=Our story', '--yes', '--json');
    expect(ran.json()).toMatchObject({
      page: 'about.md',
      file: 'sites/bakery/content/about.md',
      changes: [{ field: 'title', from: 'About us', to: 'Our story' }],
      live: {
        added: [],
        changed: [{ url: '/about/', title: 'Our story' }],
        removed: [],
        otherFiles: 0,
      },
      published: { applied: true },
    });
    expect(about(site)).toBe(before.replace('About us', 'Our story'));
    expect(readFileSync(join(site.root, 'public/bakery/about/index.html'), 'utf8')).toContain('Our story');
    const status = await site.sec(['site', 'status', 'bakery', '--json']);
    expect(status.json()).toMatchObject({ pending: { uploads: 0, removals: 0 }, drift: [] });
    const back = await site.sec(['site', 'rollback', 'bakery', '--yes', '--json']);
    expect(back.json()).toMatchObject({ applied: true });
    expect(readFileSync(join(site.root, 'public/bakery/about/index.html'), 'utf8')).toContain('About us');
  });

  it('go live as they were shown, also where each run comes out otherwise', async () => {
    const counter = join(temporaryFolder(), 'runs');
    const site = foreignSite({
      script: `import { appendFileSync } from 'node:fs'; appendFileSync(${JSON.stringify(counter)}, 'x'); writeFileSync('public/feed.xml', String(process.hrtime.bigint()));`,
    });
    const ran = await update(site, 'about', '--set', 'title=Our story', '--yes', '--json');
    expect(ran.json()).toMatchObject({ saved: true, published: { applied: true } });
    expect(readFileSync(counter, 'utf8')).toBe('x');
  });

  it('are taken back, the new ones too', async () => {
    const site = foreignSite();
    const before = about(site);
    await site.sec(['site', 'new', 'bakery', 'page', 'Gift cards']);
    await update(site, 'about', '--set', 'title=Our story', '--yes');
    const undo = (page: string) => site.sec(['site', 'undo', 'bakery', page, '--yes', '--json']);
    expect((await undo('about')).json()).toMatchObject({ saved: true, published: { applied: true } });
    expect(about(site)).toBe(before);
    expect((await undo('gift-cards')).json()).toMatchObject({ live: { removed: ['/gift-cards/'] } });
    expect(existsSync(site.path('content/gift-cards.md'))).toBe(false);
    expect(existsSync(join(site.root, 'public/bakery/gift-cards'))).toBe(false);
  });

  it('take no pictures from sec', async () => {
    const site = foreignSite();
    const ran = await update(site, 'about', '--image', 'image=a.png', '--alt', 'image=A', '--json');
    expect(ran.json()).toMatchObject({ error: { code: 'PICTURE_FOREIGN', exitCode: 2 } });
  });

  it('that break the site never reach its folder', async () => {
    const site = foreignSite();
    const before = about(site);
    const ran = await update(site, 'about', '--set', 'title=BREAK', '--yes', '--json');
    expect(ran.json()).toMatchObject({
      error: {
        code: 'GENERATOR_FAILED',
        details: { exitCode: 'exit code 3', output: ['cannot read ./content/about.md'] },
      },
    });
    expect(about(site)).toBe(before);
  });

  it('whose fields are TOML are refused in plain words', async () => {
    const site = foreignSite();
    site.write('content/news.md', '+++\ntitle = "News"\n+++\n\nOld.\n');
    const ran = await update(site, 'news', '--set', 'title=x', '--yes');
    expect(ran.code).toBe(65);
    expect(ran.stderr).toContain('sites/bakery/content/news.md, line 1: the fields are written as "toml"');
    expect(ran.stderr).toContain('hugo convert toYAML');
    expect(site.read('content/news.md')).toContain('title = "News"');
  });

  it('may have fields that mean nothing to sec', async () => {
    const site = foreignSite();
    site.write('content/post.md', '---\ndate: yesterday-ish\nurl: [odd]\nmenu: 7\n---\n# A *first* post\n');
    const ran = await update(site, 'post', '--set', 'title=First', '--yes', '--json');
    expect(ran.json()).toMatchObject({ saved: true });
    expect(site.read('content/post.md')).toContain('date: yesterday-ish');
  });

  it('keep a text a text where their program reads older YAML', async () => {
    const site = foreignSite();
    await update(site, 'about', '--set', 'title=no', '--set', 'opens=12:30', '--no-publish');
    site.write('content/plain.md', '---\ntitle: Plain\n---\n');
    await update(site, 'plain', '--set', 'title=no', '--set', 'opens=12:30', '--no-publish');
    expect(site.read('content/plain.md')).toBe("---\ntitle: 'no'\nopens: '12:30'\n---\n");
  });

  it('begin as drafts in the folder of that program', async () => {
    const site = foreignSite({ build: { content: 'docs/pages' } });
    const ran = await site.sec(['site', 'new', 'bakery', 'page', 'Gift cards', '--json']);
    expect(ran.json()).toMatchObject({ file: 'sites/bakery/docs/pages/gift-cards.md', created: true });
    expect(site.read('docs/pages/gift-cards.md')).toBe('---\ntitle: Gift cards\ndraft: true\n---\n\n');
  });

  it('are not looked for behind links', async () => {
    const site = foreignSite();
    const other = temporaryFolder();
    writeFileSync(join(other, 'theirs.md'), '---\ntitle: Theirs\n---\n');
    symlinkSync(other, site.path('content/linked'));
    expect((await update(site, 'theirs', '--set', 'title=x', '--yes', '--json')).json()).toMatchObject({
      error: { code: 'PAGE_UNKNOWN' },
    });
    expect((await build(site)).json()).toMatchObject({
      error: {
        code: 'SYMLINK_REFUSED',
        message: expect.stringContaining('sites/bakery/content/linked is a symbolic link'),
      },
    });
  });
});

describe('build: in site.yaml', () => {
  it.each([
    [{ output: '../other' }, 'inside the client'],
    [{ output: '/srv/www' }, 'inside the client'],
    [{ content: 'a/../../b' }, 'inside the client'],
    [{ output: 'C:\\www' }, 'inside the client'],
    [{ output: '.' }, 'a folder of its own'],
    [{ output: 'content' }, 'a folder of its own'],
    [{ timeout: 0 }, 'timeout'],
    [{ shell: true }, 'shell'],
  ])('%j is refused', async (settings, words) => {
    const ran = await build(foreignSite({ build: settings }));
    expect(ran.json()).toMatchObject({
      error: { code: 'FIELD_INVALID', message: expect.stringContaining(words) },
    });
  });

  it('publishes finished files as they are, and edits none', async () => {
    const site = foreignSite();
    site.write('html/index.html', '<title>Caf&eacute; &amp; more</title>');
    site.write('html/a.css', 'body{}');
    const yaml = 'name: Bakery\nurl: https://bakery.example\nhost: file:public/bakery\nbuild: {copy: html}\n';
    site.write('site.yaml', yaml);
    const published = await site.sec(['site', 'publish', 'bakery', '--yes', '--json']);
    expect(published.json()).toMatchObject({ applied: true, uploaded: 2 });
    expect((await update(site, 'about', '--set', 'title=x', '--yes', '--json')).json()).toMatchObject({
      error: { code: 'BUILD_FOREIGN', details: { folder: 'html' } },
    });
    site.write('site.yaml', yaml.replace('html}', '.}'));
    expect((await build(site)).json()).toMatchObject({ error: { code: 'FIELD_INVALID' } });
  });
});
