import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BuildFlags } from '../../../src/cli/context/build-flags.ts';
import { buildSite } from '../../../src/cli/context/site.ts';
import { fixedClock } from '../../../src/core/clock.ts';
import { finish } from '../../../src/core/progress.ts';
import type { BuildResult } from '../../../src/site/build.ts';
import { contextIn } from '../../support/context.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const NOON = '2026-06-01T09:00:00Z';

/** A theme of the smallest size that shows all it is given. */
const theme = {
  'partials/base.hbs':
    '<!doctype html><html lang="{{page.lang}}"><head>{{{head.html}}}<link rel="stylesheet" href="{{assets.[main.css]}}"></head><body>{{#each site.menu}}<a href="{{url}}">{{label}}</a>{{/each}}{{> @partial-block}}</body></html>\n',
  'layouts/page.hbs':
    '{{#> base}}<h1>{{page.title}}</h1>{{{content}}}{{#each page.children}}<li>{{title}}</li>{{/each}}{{/base}}',
  'assets/main.css': 'body{color:black}',
};

export interface TestSite {
  readonly root: string;
  /** Writes files below `sites/shop/`, or removes those that are null. */
  write(files: Readonly<Record<string, string | Uint8Array | null>>): void;
  /** Writes files below the theme. */
  theme(files: Readonly<Record<string, string | null>>): void;
  path(path: string): string;
  build(flags?: BuildFlags): Promise<BuildResult>;
  /** Text of a built file. */
  read(result: BuildResult, path: string): string;
}

/** A workspace with one client `shop`, in a folder of its own that goes when the test ends. */
export function testSite(
  files: Readonly<Record<string, string>> = {},
  settings = 'locales: [en]\n',
  at = NOON,
): TestSite {
  const root = temporaryFolder();
  const put = (folder: string, all: Readonly<Record<string, string | Uint8Array | null>>) => {
    for (const [path, text] of Object.entries(all)) {
      const file = join(root, folder, path);
      mkdirSync(dirname(file), { recursive: true });
      if (text === null) rmSync(file, { force: true });
      else writeFileSync(file, text);
    }
  };
  put('', {
    'sec.yaml': 'operator: {name: Office, email: office@example.com}\nlocale: en\ntimezone: Europe/Riga\n',
    'sites/shop/site.yaml': `name: The Shop\nurl: https://shop.example\ntheme: tiny\nhost: file:public/shop\n${settings}`,
  });
  put('templates/site/tiny', theme);
  put('sites/shop', files);
  return {
    root,
    write: (all) => put('sites/shop', all),
    theme: (all) => put('templates/site/tiny', all),
    path: (path) => join(root, path),
    build(flags = {}) {
      const context = contextIn(root, {});
      const client = context.workspace().client('shop');
      return finish(buildSite(context, client, { clock: fixedClock(at), ...flags }));
    },
    read: (result, path) => readFileSync(result.content.locate(path), 'utf8'),
  };
}
