/**
 * Writes what is generated from the code: docs/errors.md, docs/reference/commands.md and the JSON Schemas in
 * docs/schemas/. With --check it writes nothing and fails where a file is not what the code says.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandsPage } from './docs/commands-page.ts';
import { errorsPage } from './docs/errors-page.ts';
import { schemaFiles } from './docs/schemas.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const files = new Map([
  ['docs/errors.md', errorsPage()],
  ['docs/reference/commands.md', await commandsPage(root)],
  ...schemaFiles(),
]);

const stale: string[] = [];
for (const [path, text] of files) {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  stale.push(path);
  if (process.argv.includes('--check')) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`These pages are not what the code says; run: npm run docs\n  ${stale.join('\n  ')}`);
  process.exitCode = 1;
}
