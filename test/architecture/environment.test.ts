import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
/** Known to everybody who has a terminal: what they do needs no page. */
const EVERYDAY = ['PATH', 'HOME', 'APPDATA', 'XDG_CONFIG_HOME', 'AWS_DEFAULT_REGION'];

it('lists every variable that sec looks at in docs/reference/environment.md', () => {
  const page = readFileSync(join(root, 'docs/reference/environment.md'), 'utf8');
  const read = globSync('src/**/*.ts', { cwd: root }).flatMap((file) =>
    Array.from(
      readFileSync(join(root, file), 'utf8').matchAll(/\benv\.([A-Z][A-Z_]+)|\b(SEC_[A-Z_]*[A-Z])\b/g),
      ([, read, named]) => (read ?? named ?? '').replace(/^SEC_VAULT_KEY_.+/, 'SEC_VAULT_KEY_<CLIENT>'),
    ),
  );
  expect(read.length).toBeGreaterThan(10);
  const hidden = new Set(read.filter((name) => !EVERYDAY.includes(name) && !page.includes(`\`${name}\``)));
  expect([...hidden]).toEqual([]);
});
