import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ownModules, withoutHugo } from '../support/generators.ts';
import { sec } from '../support/sec.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Files = Readonly<Record<string, string>>;

function put(dir: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
}

function workspace(): string {
  const root = temporaryFolder();
  put(root, {
    'sec.yaml': 'operator: {name: Office, email: office@example.com}\nlocale: en\ntimezone: Europe/Riga\n',
  });
  return root;
}

function folder(files: Files): string {
  const dir = temporaryFolder();
  put(dir, files);
  return dir;
}

const run = (root: string, ...words: string[]) => sec([...words, '--json'], { cwd: root });
const adopt = (root: string, dir: string, ...words: string[]) =>
  run(root, 'client', 'add', 'bakery', '--adopt', dir, ...words);
const tree = (dir: string) =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name).slice(dir.length + 1))
    .sort();

const hugoSite = {
  'hugo.toml':
    'baseURL = "https://bakery.example/"\ntitle = "Bakery by the Gate"\ndefaultContentLanguage = "lv"\n[languages.lv]\nweight = 1\n[languages.en]\nweight = 2\n',
  'content/about.md': '---\n# who we are\ntitle: "Par mums"   # at the top\n---\n\nMēs cepam.\n',
  'content/about.en.md': '---\ntitle: About us\n---\n\nWe bake.\n',
  'content/old.md': '+++\ntitle = "Old"\n+++\n\nOld.\n',
  'layouts/_default/single.html':
    '<!doctype html><html lang="{{ .Language.Lang }}"><head><title>{{ .Title }}</title></head><body>{{ .Content }}</body></html>\n',
  'layouts/_default/list.html':
    '<!doctype html><html lang="{{ .Language.Lang }}"><head><title>{{ .Site.Title }}</title></head><body>{{ range .Site.RegularPages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</body></html>\n',
};

const eleventySite = {
  'package.json': '{"type": "module", "scripts": {"start": "eleventy --serve", "build": "eleventy"}}',
  'package-lock.json': '{}',
  'eleventy.config.js': "export default () => ({ dir: { input: 'src', output: 'dist' } });\n",
  'src/index.md': '---\ntitle: Home\nlayout: base.njk\n---\n# Hello\n',
  'src/posts/first.md': '---\ntitle: First post\nlayout: base.njk\n---\nText\n',
  'src/_includes/base.njk':
    '<!doctype html><html lang="en"><head><title>{{ title }}</title></head><body>{{ content | safe }}</body></html>\n',
};

/** Edit, publish, look, go back: what a secretary does with any site. */
async function wholeWay(root: string, page: string, file: string, address: string, title: string) {
  const built = await run(root, 'site', 'build', 'bakery');
  expect(built.json()).toMatchObject({ client: 'bakery', warnings: [] });
  await run(root, 'site', 'publish', 'bakery', '--yes');
  const before = readFileSync(join(root, file), 'utf8');
  const updated = await run(root, 'site', 'update', 'bakery', page, '--set', 'title=Newly said', '--yes');
  expect(updated.json()).toMatchObject({
    file,
    live: { added: [], removed: [] },
    saved: true,
    published: { applied: true, verified: { mismatched: 0 } },
  });
  const { changed } = updated.json<{ live: { changed: unknown[] } }>().live;
  expect(changed).toContainEqual({ url: address, title: 'Newly said' });
  expect(readFileSync(join(root, file), 'utf8')).toBe(before.replace(title, 'Newly said'));
  const live = join(root, 'public/bakery', address, 'index.html');
  expect(readFileSync(live, 'utf8')).toContain('<title>Newly said</title>');
  const status = await run(root, 'site', 'status', 'bakery');
  expect(status.json()).toMatchObject({ drift: [], pending: { uploads: 0, removals: 0 } });
  expect((await run(root, 'site', 'rollback', 'bakery', '--yes')).json()).toMatchObject({ applied: true });
  expect(readFileSync(live, 'utf8')).toContain(`<title>${title}</title>`);
}

describe('sec client add --adopt', () => {
  it.skipIf(withoutHugo())('takes over a real Hugo site, the whole way', async () => {
    const root = workspace();
    const ran = await adopt(root, folder(hugoSite));
    expect(ran.json()).toMatchObject({
      client: 'bakery',
      generator: 'Hugo',
      name: 'Bakery by the Gate',
      url: 'https://bakery.example',
      locales: ['lv', 'en'],
      build: { command: ['hugo'], output: 'public', content: 'content' },
      copied: 6,
      applied: true,
    });
    await wholeWay(root, 'about', 'sites/bakery/content/about.md', '/about/', 'Par mums');
    const toml = await run(root, 'site', 'update', 'bakery', 'old', '--set', 'title=x', '--yes');
    expect(toml.json()).toMatchObject({ error: { code: 'FRONT_MATTER_REFUSED' } });
    put(root, { 'sites/bakery/content/broken.md': '---\ntitle: Broken\n---\n{{< nothing >}}\n' });
    const broken = await run(root, 'site', 'build', 'bakery');
    expect(broken.json()).toMatchObject({
      error: { code: 'GENERATOR_FAILED', message: expect.stringContaining('content/broken.md') },
    });
  });

  it('takes over a real Eleventy site, the whole way', async () => {
    const root = workspace();
    const ran = await adopt(
      root,
      folder(eleventySite),
      '--name',
      'Bakery',
      '--url',
      'https://bakery.example',
    );
    expect(ran.json()).toMatchObject({
      generator: 'Eleventy',
      build: { command: ['npm', 'run', '--silent', 'build'], output: 'dist', content: 'src' },
      prepare: 'npm ci',
    });
    const yaml = join(root, 'sites/bakery/site.yaml');
    writeFileSync(yaml, readFileSync(yaml, 'utf8').replace(/command:\n(.*- .*\n)+/, 'command: [eleventy]\n'));
    symlinkSync(ownModules, join(root, 'sites/bakery/node_modules'));
    await wholeWay(root, 'posts/first', 'sites/bakery/src/posts/first.md', '/posts/first/', 'First post');
  }, 120_000);

  it('copies all of a site but what is private, built or installed, and leaves it as it is', async () => {
    const root = workspace();
    const dir = folder({
      ...hugoSite,
      '.env': 'KEY=1',
      '.env.production': 'KEY=2',
      '.npmrc': '//registry/:_authToken=x',
      'deploy.pem': 'x',
      '.git/config': 'x',
      'public/index.html': 'old',
      'node_modules/x/index.js': 'x',
      'themes/plain/node_modules/y/index.js': 'x',
      'themes/plain/theme.toml': 'x',
      'static/.well-known/security.txt': 'x',
    });
    symlinkSync('about.md', join(dir, 'content/alias.md'));
    const before = tree(dir);
    const look = await adopt(root, dir, '--dry-run');
    expect(look.json()).toMatchObject({ applied: false, copied: 8 });
    expect(existsSync(join(root, 'sites'))).toBe(false);
    const ran = await adopt(root, dir);
    const leftOut = [
      '.env',
      '.env.production',
      '.git',
      '.npmrc',
      'deploy.pem',
      'node_modules',
      'public',
      'themes/plain/node_modules',
    ];
    expect(ran.json()).toMatchObject({ applied: true, copied: 8, leftOut });
    expect(tree(join(root, 'sites/bakery'))).toEqual(
      [
        ...Object.keys(hugoSite),
        'content/alias.md',
        'site.yaml',
        'static/.well-known/security.txt',
        'themes/plain/theme.toml',
      ].sort(),
    );
    expect(tree(dir)).toEqual(before);
    expect(readdirSync(join(root, '.sec'))).toEqual([]);
  });

  it('writes what was found and what was said into site.yaml', async () => {
    const root = workspace();
    const said = [
      '--url',
      'https://other.example',
      '--email',
      'news@bakery.example',
      '--address',
      'Street 1',
    ];
    expect((await adopt(root, folder(hugoSite), ...said)).code).toBe(0);
    expect(parse(readFileSync(join(root, 'sites/bakery/site.yaml'), 'utf8'))).toMatchObject({
      name: 'Bakery by the Gate',
      url: 'https://other.example',
      locales: ['lv', 'en'],
      build: { command: ['hugo'], output: 'public', content: 'content' },
      sender: { name: 'Bakery by the Gate', email: 'news@bakery.example', address: 'Street 1' },
    });
  });

  it('takes over finished files, also from a folder inside', async () => {
    const root = workspace();
    const dir = folder({
      'notes.txt': 'private',
      'public_html/index.html':
        '<html lang="lv"><title>Maize &amp; sāls</title><link href="https://maize.example/" rel=\'canonical\'>',
      'public_html/a.css': 'body{}',
    });
    expect((await adopt(root, dir)).json()).toMatchObject({
      generator: 'plain HTML',
      name: 'Maize & sāls',
      url: 'https://maize.example',
      locales: ['lv'],
      build: { copy: 'html' },
      copied: 2,
    });
    expect(tree(join(root, 'sites/bakery'))).toEqual(['html/a.css', 'html/index.html', 'site.yaml']);
    expect((await run(root, 'site', 'publish', 'bakery', '--yes')).json()).toMatchObject({ uploaded: 2 });
  });

  it('only writes the site.yaml where the site lies in the workspace already', async () => {
    const root = workspace();
    put(join(root, 'sites/bakery'), hugoSite);
    expect((await adopt(root, 'sites/bakery')).json()).toMatchObject({ copied: 0, applied: true });
    expect(tree(join(root, 'sites/bakery'))).toEqual([...Object.keys(hugoSite), 'site.yaml'].sort());
    expect((await adopt(root, 'sites/bakery')).json()).toMatchObject({ error: { code: 'CLIENT_EXISTS' } });
  });

  it('never takes one client’s folder for another, nor the workspace itself', async () => {
    const root = workspace();
    await run(root, 'client', 'add', 'maize', '--adopt', folder(hugoSite));
    put(root, { 'index.html': '<title>x</title>', 'sites/index.html': '<title>x</title>' });
    const url = ['--url', 'https://x.example', '--name', 'X'];
    for (const dir of ['sites/maize', 'sites/maize/../maize', 'sites', '.', dirname(root)])
      expect((await adopt(root, dir, ...url)).json()).toMatchObject({
        error: { code: expect.stringMatching(/^ADOPT_(FOLDER|UNKNOWN)$/) },
      });
    expect(readdirSync(join(root, 'sites')).sort()).toEqual(['index.html', 'maize']);
  });

  it.each([
    ['an unknown kind', { 'readme.txt': 'x' }, [], 'ADOPT_UNKNOWN'],
    [
      'a program’s source',
      { 'index.html': '<div id=app>', 'package.json': '{"scripts":{"build":"vite build"}}' },
      [],
      'ADOPT_UNKNOWN',
    ],
    ['no name', { 'hugo.toml': 'baseURL = "https://x.example"' }, [], 'FLAG_MISSING'],
    [
      'an address that nobody means',
      { 'hugo.toml': 'baseURL = "http://example.org/"' },
      ['--name', 'X'],
      'FLAG_MISSING',
    ],
    ['a site.yaml of its own', { ...hugoSite, 'site.yaml': 'x: 1' }, [], 'ADOPT_FOLDER'],
  ])('refuses %s, with nothing written', async (_, files, words, code) => {
    const root = workspace();
    const ran = await adopt(root, folder(files as Files), ...words);
    expect(ran.json()).toMatchObject({ error: { code } });
    expect(existsSync(join(root, 'sites'))).toBe(false);
  });

  it('refuses a link that leads out of the folder, and a settings folder that does', async () => {
    const root = workspace();
    const dir = folder(hugoSite);
    symlinkSync('/etc', join(dir, 'static'));
    expect((await adopt(root, dir)).json()).toMatchObject({ error: { code: 'SYMLINK_REFUSED' } });
    const other = folder({
      ...hugoSite,
      'hugo.toml': `${hugoSite['hugo.toml'].split('[')[0]}contentDir = "../c"\n`,
    });
    expect((await adopt(root, other)).json()).toMatchObject({ error: { code: 'FIELD_INVALID' } });
    expect(existsSync(join(root, 'sites'))).toBe(false);
    expect(existsSync(join(root, '.sec')) ? readdirSync(join(root, '.sec')) : []).toEqual([]);
  });
});

it('takes over bare pages in Markdown and builds them itself', async () => {
  const root = workspace();
  const pages = folder({
    'content/_index.md': '---\ntitle: Bread by the gate\n---\n\nWe bake.\n',
    'static/robots-note.txt': 'kept',
  });
  const added = await adopt(root, pages, '--name', 'Bakery', '--url', 'https://bakery.example');
  expect(added.json()).toMatchObject({
    generator: 'pages in Markdown',
    build: 'builtin',
    copied: 2,
    applied: true,
  });
  const published = await run(root, 'site', 'publish', 'bakery', '--yes');
  expect(published.code).toBe(0);
  expect(readFileSync(join(root, 'public/bakery/index.html'), 'utf8')).toContain('Bread by the gate');
});
