import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { corpus } from './corpus.ts';

export const CLIENT = 'corpus';

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** The layout that all three are given, with each one's own braces. */
const shell = (title: string, description: string, body: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="description" content="${description}">
</head>
<body>
<nav><a href="/">Home</a></nav>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;

/** A workspace of sec's with one client; returns the folder of its pages. */
export function secSite(root: string, pages: number): string {
  const list =
    '{{{content}}}\n<ul>\n{{#each page.children}}\n<li><a href="{{url}}">{{title}}</a></li>\n{{/each}}\n</ul>';
  const title = '{{page.title}}';
  const site = `sites/${CLIENT}`;
  write(root, {
    'sec.yaml': 'operator: {name: Office, email: office@example.com}\nlocale: en\ntimezone: Europe/Riga\n',
    [`${site}/site.yaml`]:
      'name: Corpus\nurl: https://corpus.example\nlocales: [en]\ntheme: plain\nhost: file:public\n',
    'templates/site/plain/layouts/page.hbs': shell(
      title,
      '{{page.description}}',
      '<time>{{page.date}}</time>\n{{{content}}}\n<p>{{join page.tags ", "}}</p>',
    ),
    'templates/site/plain/layouts/section.hbs': shell(title, '', list),
  });
  for (const { path, text } of corpus(pages)) write(join(root, site, 'content'), { [path]: text });
  return join(root, site, 'content');
}

/** A Hugo site over the same pages. */
export function hugoSite(root: string, content: string): void {
  write(root, {
    'config.toml':
      'baseURL = "https://corpus.example/"\ntitle = "Corpus"\ndisableKinds = ["taxonomy", "term"]\nenableRobotsTXT = true\ntimeZone = "Europe/Riga"\n[markup.highlight]\ncodeFences = false\n',
    'layouts/_default/single.html': shell(
      '{{ .Title }}',
      '{{ .Description }}',
      '<time>{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}</time>\n{{ .Content }}\n<p>{{ delimit .Params.tags ", " }}</p>',
    ),
    'layouts/_default/list.html': shell(
      '{{ .Title }}',
      '',
      '{{ .Content }}\n<ul>\n{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>\n{{ end }}</ul>',
    ),
  });
  symlinkSync(content, join(root, 'content'));
}

/** An Eleventy site over the same pages: its lists are made of a collection for each folder. */
export function eleventySite(root: string, content: string): void {
  write(root, {
    'eleventy.config.cjs': `const { basename, dirname } = require('node:path');
module.exports = (config) => {
  config.setQuietMode(true);
  const sections = new Map();
  config.addCollection('sections', (api) => {
    for (const page of api.getAll()) {
      const folder = basename(dirname(page.inputPath));
      if (page.inputPath.endsWith('_index.md')) continue;
      if (!sections.has(folder)) sections.set(folder, []);
      sections.get(folder).push({ url: page.url, title: page.data.title });
    }
    return [];
  });
  config.addFilter('listed', (inputPath) => sections.get(basename(dirname(inputPath))) ?? []);
  config.addGlobalData('eleventyComputed', {
    layout: (data) => (data.page.inputPath.endsWith('_index.md') ? 'section.liquid' : 'page.liquid'),
    permalink: (data) => data.page.filePathStem.replace(/_index$/, '') + (data.page.filePathStem.endsWith('_index') ? 'index.html' : '/index.html'),
  });
  return { dir: { input: 'content', includes: '../layouts' }, markdownTemplateEngine: false };
};
`,
    'layouts/page.liquid': shell(
      '{{ title }}',
      '{{ description }}',
      '<time>{{ page.date }}</time>\n{{ content }}\n<p>{{ tags | join: ", " }}</p>',
    ),
    'layouts/section.liquid': shell(
      '{{ title }}',
      '',
      '{{ content }}\n{% assign list = page.inputPath | listed %}<ul>\n{% for one in list %}<li><a href="{{ one.url }}">{{ one.title }}</a></li>\n{% endfor %}</ul>',
    ),
  });
  symlinkSync(content, join(root, 'content'));
}
