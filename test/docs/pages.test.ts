import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...globSync('docs/**/*.md', { cwd: root })];
const read = (page: string) => readFileSync(join(root, page), 'utf8');
const commands = new Set(
  globSync('src/commands/**/*.ts', { cwd: root }).map((file) =>
    file.replace(/^src\/commands\/|\.ts$/g, '').replaceAll('/', ' '),
  ),
);
const topics = new Set([...commands].map((name) => name.split(' ')[0]));
const scripts = Object.keys(JSON.parse(read('package.json')).scripts);

/** As GitHub makes the anchor of a heading. */
const anchor = (heading: string) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
const anchorsOf = (text: string) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchor(heading));

describe.each(pages)('%s', (page) => {
  const text = read(page);

  it('links to what is there', () => {
    const prose = text.replace(/```[\s\S]*?```|`[^`\n]+`/g, '');
    const links = [...prose.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, link = '']) => link);
    const broken = links.filter((link) => {
      const [path = '', heading] = link.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(root, file))) return true;
      return heading !== undefined && file.endsWith('.md') && !anchorsOf(read(file)).includes(heading);
    });
    expect(broken).toEqual([]);
  });

  it('names commands and scripts that exist', () => {
    const code = [...text.matchAll(/```\w*\n([\s\S]*?)```|`([^`\n]+)`/g)].map(
      ([, block, word]) => block ?? word ?? '',
    );
    const named = code.flatMap((part) => [
      ...part.matchAll(/(?:^|npx |\$ )sec ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?/gm),
    ]);
    const unknown = named
      .map(([, topic = '', command]) =>
        topics.has(topic) && !commands.has(topic) ? `${topic} ${command}` : topic,
      )
      .filter((name) => !commands.has(name) && !topics.has(name.replace(/ undefined$/, '')));
    expect(unknown).toEqual([]);
    const run = code.flatMap((part) =>
      [...part.matchAll(/npm run ([a-z:]+)/g)].map(([, script = '']) => script),
    );
    expect(run.filter((script) => !scripts.includes(script))).toEqual([]);
  });
});

it('the reference names every command', () => {
  const reference = globSync('docs/reference/*.md', { cwd: root }).map(read).join('\n');
  expect([...commands].filter((name) => !reference.includes(`sec ${name}`))).toEqual([]);
});
