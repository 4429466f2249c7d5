import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createContext } from '../../../src/cli/context/context.ts';
import { clientLanguage, terminalLanguage } from '../../../src/cli/context/language.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function contextIn(env: NodeJS.ProcessEnv) {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'sites/bakery'), { recursive: true });
  writeFileSync(join(cwd, 'sec.yaml'), 'operator: {name: Office, email: office@example.com}\n');
  writeFileSync(
    join(cwd, 'sites/bakery/site.yaml'),
    'name: Bakery\nurl: https://bakery.example\nlocales: [lv, en]\n',
  );
  const { signal } = new AbortController();
  return createContext({ cwd, env, interactive: false, workspaceDir: undefined, usage: 'sec', signal });
}

it.each([
  [{}, undefined, 'lv', 'en'],
  [{ SEC_LANG: '' }, undefined, 'lv', 'en'],
  [{ SEC_LANG: 'en' }, undefined, 'en', 'en'],
  [{ SEC_LANG: 'en' }, 'lv', 'lv', 'lv'],
])(
  'with %o and --lang %s, the client reads %s and the terminal shows %s',
  async (env, flag, page, terminal) => {
    const context = contextIn(env);
    expect(clientLanguage(context, await context.client('bakery'), flag)).toBe(page);
    expect(terminalLanguage(context, flag)).toBe(terminal);
  },
);
