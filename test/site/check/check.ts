import type { CheckFlags } from '../../../src/cli/context/site-check.ts';
import { checkClient } from '../../../src/cli/context/site-check.ts';
import { fixedClock } from '../../../src/core/clock.ts';
import { finish } from '../../../src/core/progress.ts';
import { contextIn } from '../../support/context.ts';
import { testSite } from '../support/workspace.ts';

/** A layout that has nothing wrong with it. */
export const soundLayout = `<!DOCTYPE html>
<html lang="{{page.lang}}">
<head><meta charset="utf-8">{{{head.html}}}</head>
<body><main>{{#unless (get page "bare")}}<h1>{{page.title}}</h1>{{/unless}}{{{content}}}</main></body>
</html>
`;

const sound = {
  'layouts/page.hbs': soundLayout,
  'content/_index.md':
    '---\ntitle: The Shop\ndescription: Bread and rolls, every day but Sunday.\n---\nHello.\n',
};

export const page = (title: string, body: string, fields = '') =>
  `---\ntitle: ${title}\ndescription: All about ${title}.\n${fields}---\n${body}\n`;

/** A shop whose only mistakes are in the files that are handed in. */
export function shop(files: Readonly<Record<string, string>> = {}, settings?: string) {
  const site = testSite({ ...sound, ...files }, settings);
  return {
    ...site,
    check(flags: CheckFlags = {}) {
      const context = {
        ...contextIn(site.root, {}),
        clock: fixedClock('2026-06-01T09:00:00Z'),
      };
      return finish(checkClient(context, context.workspace().client('shop'), flags));
    },
  };
}

/** What is found, as `file:line rule`, the file below sites/shop/. */
export async function rulesFound(
  files: Readonly<Record<string, string>>,
  settings?: string,
): Promise<string[]> {
  const { shown } = await shop(files, settings).check();
  return shown.map(({ file, line, rule }) => `${file.replace('sites/shop/', '')}:${line ?? ''} ${rule}`);
}
