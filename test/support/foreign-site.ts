import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { type Ran, type RunOptions, sec } from './sec.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface ForeignSite {
  readonly root: string;
  /** Absolute path of something below `sites/bakery/`. */
  path(path: string): string;
  read(path: string): string;
  write(path: string, text: string): void;
  /** Runs sec in the workspace. */
  sec(words: readonly string[], options?: RunOptions): Promise<Ran>;
}

/** Turns every `content/*.md` into a page in `public/`. */
const generator = `
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
mkdirSync('public', { recursive: true });
for (const file of readdirSync('content')) {
  const text = readFileSync('content/' + file, 'utf8');
  if (text.includes('BREAK')) { console.error('\\u001b[31mcannot read ' + process.cwd() + '/content/' + file + '\\u001b[0m'); process.exit(3); }
  const title = /^title: *"?([^"\\n]*)/m.exec(text)?.[1] ?? file;
  const name = file.replace('.md', '');
  const path = name === 'index' ? 'public' : 'public/' + name;
  mkdirSync(path, { recursive: true });
  writeFileSync(path + '/index.html', '<!doctype html><html lang="lv"><title>' + title + '</title>' + text.split('---').at(-1));
}
`;

/**
 * A workspace whose client `bakery` has a generator of its own.
 *
 * @param script what runs after the pages are made, or in place of that where `alone` is set
 */
export function foreignSite({
  script = '',
  alone = false,
  build = {},
}: {
  readonly script?: string;
  readonly alone?: boolean;
  readonly build?: object;
} = {}): ForeignSite {
  const root = temporaryFolder();
  const site = join(root, 'sites/bakery');
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(site, path)), { recursive: true });
    writeFileSync(join(site, path), text);
  };
  mkdirSync(site, { recursive: true });
  writeFileSync(
    join(root, 'sec.yaml'),
    'operator: {name: Office, email: office@example.com}\nlocale: en\ntimezone: Europe/Riga\n',
  );
  const maker = {
    command: [process.execPath, 'make.mjs'],
    output: 'public',
    content: 'content',
    ...build,
  };
  write(
    'site.yaml',
    stringify({ name: 'Bakery', url: 'https://bakery.example', host: 'file:public/bakery', build: maker }),
  );
  write('make.mjs', (alone ? '' : generator) + script);
  write('content/index.md', '---\ntitle: Home\n---\nGood bread.\n');
  write('content/about.md', '---\n# who we are\ntitle: "About us"   # at the top\n---\n\nWe bake.\n');
  return {
    root,
    path: (path) => join(site, path),
    read: (path) => readFileSync(join(site, path), 'utf8'),
    write,
    sec: (words, options = {}) => sec(words, { cwd: root, ...options }),
  };
}
