import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openProject } from '../../../src/adapters/generators/recognise/project.ts';
import type { Recognised } from '../../../src/adapters/generators/recognise/recogniser.ts';
import { recognise, recognisers } from '../../../src/adapters/generators/recognise/registry.ts';
import { tomlFacts } from '../../../src/adapters/generators/recognise/toml.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function look(files: Readonly<Record<string, string>>): Recognised | undefined {
  const dir = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return recognise(openProject(dir));
}

const known: [string, Record<string, string>, Partial<Recognised>][] = [
  [
    'Hugo, newer',
    {
      'hugo.yaml': 'baseURL: https://a.example/shop/\ntitle: A\nlanguageCode: en-us\npublishDir: ./out/\n',
      'package.json': '{"scripts":{"build":"hugo --minify && postcss"}}',
      'yarn.lock': '',
    },
    {
      generator: 'Hugo',
      build: { command: ['npm', 'run', '--silent', 'build'], output: 'out', content: 'content' },
      name: 'A',
      url: 'https://a.example/shop',
      locales: ['en-US'],
      prepare: 'yarn install',
    },
  ],
  [
    'Hugo, older, with its settings in a folder',
    {
      'config/_default/config.toml': "baseurl = 'https://a.example' # ours\ntitle = 'My New Hugo Site'\n",
      'config/_default/languages.toml': '[lv]\nweight = 1\n[en]\nweight = 2\n',
      'content/a.md': '',
    },
    { generator: 'Hugo', name: undefined, url: 'https://a.example', locales: ['lv', 'en'] },
  ],
  [
    'Zola',
    {
      'config.toml':
        'base_url = "https://z.example"\ntitle = "Z"\ndefault_language = "lv"\n[languages.en]\n[markdown]\nhighlight_code = true\n',
      'templates/index.html': '',
    },
    {
      generator: 'Zola',
      build: { command: ['zola', 'build'], output: 'public', content: 'content' },
      locales: ['lv', 'en'],
    },
  ],
  [
    'Eleventy',
    {
      '.eleventy.js':
        'module.exports = (c) => { c.setInputDirectory("src"); return { dir: { output: "www" } } };',
    },
    { generator: 'Eleventy', build: { command: ['eleventy'], output: 'www', content: 'src' } },
  ],
  [
    'Eleventy, in the language of its layout',
    {
      'eleventy.config.js': 'export default () => ({ dir: { input: "src" } });',
      'src/_includes/base.njk': '<!doctype html>\n<html class="a"\n  lang="lv"><body>{{ content | safe }}',
      'src/_includes/card.njk': '<p lang="en">',
    },
    { generator: 'Eleventy', locales: ['lv'] },
  ],
  [
    'Eleventy without settings',
    {
      'package.json': '{"devDependencies":{"@11ty/eleventy":"3"}}',
      'index.md': '',
      'index.html': '<title>x</title>',
    },
    {
      generator: 'Eleventy',
      build: { command: ['eleventy'], output: '_site', content: '.' },
      prepare: 'npm install',
    },
  ],
  [
    'Jekyll',
    {
      '_config.yml': 'title: J\nurl: https://j.example\nbaseurl: /shop\nlang: lv\n',
      Gemfile: '',
      'index.html': '',
    },
    {
      generator: 'Jekyll',
      build: { command: ['bundle', 'exec', 'jekyll', 'build'], output: '_site', content: '.' },
      url: 'https://j.example/shop',
      locales: ['lv'],
      prepare: 'bundle install',
    },
  ],
  [
    'Astro',
    {
      'astro.config.mjs':
        "export default defineConfig({ site: 'https://s.example', i18n: { defaultLocale: 'lv' } });",
      'src/content/a.md': '',
    },
    {
      generator: 'Astro',
      build: { command: ['astro', 'build'], output: 'dist', content: 'src/content' },
      url: 'https://s.example',
      locales: ['lv'],
    },
  ],
  [
    'Next, as files',
    {
      'next.config.js': "module.exports = { output: 'export' };",
      'package.json': '{"scripts":{"build":"next build"}}',
      'posts/a.md': '',
    },
    { build: { command: ['npm', 'run', '--silent', 'build'], output: 'out', content: 'posts' } },
  ],
  [
    'MkDocs with tags of its own',
    {
      'mkdocs.yml':
        'site_name: M\nsite_url: https://m.example/\ntheme:\n  language: en\nx: !!python/name:a.b\n',
    },
    {
      generator: 'MkDocs',
      build: { command: ['mkdocs', 'build'], output: 'site', content: 'docs' },
      name: 'M',
      url: 'https://m.example',
      locales: ['en'],
    },
  ],
  [
    'VitePress',
    {
      'docs/.vitepress/config.mts': "export default { title: 'V', lang: 'en-US' }",
      'package.json': '{"scripts":{"docs:build":"vitepress build docs"}}',
    },
    {
      build: {
        command: ['npm', 'run', '--silent', 'docs:build'],
        output: 'docs/.vitepress/dist',
        content: 'docs',
      },
      name: 'V',
      locales: ['en-US'],
    },
  ],
  [
    'finished files',
    {
      'www/index.html':
        "<html lang=en><!-- <title>no</title> --><title>W</title><meta content='https://w.example' property='og:url'>",
    },
    { build: { copy: 'html' }, part: 'www', name: 'W', url: 'https://w.example', locales: ['en'] },
  ],
  [
    'bare pages, as an editor in the browser leaves them',
    { 'content/post/first/index.md': '---\ntitle: First\n---\n', 'data/footer.json': '{}' },
    { generator: 'pages in Markdown', build: 'builtin' },
  ],
];

describe('a folder is recognised', () => {
  it.each(known)('%s', (_, files, expected) => expect(look(files)).toMatchObject(expected));

  it('in every way that is offered', () => {
    const seen = new Set(known.map(([, files]) => look(files)?.generator));
    expect(recognisers.map(({ generator }) => generator).filter((name) => !seen.has(name))).toEqual([]);
  });

  it.each([
    ['nothing', {}],
    ['settings of another program', { 'config.toml': 'title = "x"' }],
    ['Next with a server of its own', { 'next.config.js': 'module.exports = {}' }],
    ['a YAML file that is broken', { '_config.yml': 'a: [' }],
    [
      'the source of an application',
      { 'index.html': '', 'package.json': '{"scripts":{"build":"vite build"}}' },
    ],
  ])('but not %s', (_, files) => expect(look(files as Record<string, string>)).toBeUndefined());

  it('also where its settings are broken', () => {
    expect(look({ 'hugo.yaml': 'title: [', 'mkdocs.yml': '' })).toMatchObject({
      generator: 'Hugo',
      name: undefined,
    });
  });
});

it('reads plain TOML, and nothing that it does not understand', () => {
  const text =
    'a = "x \\"y\\" \\u0101" # note\nb = \'c:\\d\'\nlist = [1, 2]\n__proto__ = "no"\n[one.two]\nn = 12\n[[many]]\nm = "x"\n';
  const facts = tomlFacts(text);
  expect(facts).toMatchObject({ a: 'x "y" ā', b: 'c:\\d', one: { two: { n: '12' } } });
  expect(Object.keys(facts)).toEqual(['a', 'b', 'one']);
  expect(JSON.stringify(facts)).not.toContain('"m"');
});
