import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The command that words begin with in full, as in `site build`: its id as oclif writes it, and how it is loaded.
 * Undefined for what is no command, or not all of one.
 *
 * @param pattern where commands are, beside this folder, with a * for their words: `../dist/commands/*.js`
 */
export function namedCommand(pattern, [topic = '', word = '']) {
  for (const path of [`${topic}/${word}`, topic]) {
    if (!/^[a-z-]+(\/[a-z-]+)?$/.test(path)) continue;
    const file = new URL(pattern.replace('*', path), import.meta.url);
    if (existsSync(fileURLToPath(file))) return { id: path.replace('/', ':'), load: () => import(file.href) };
  }
  return undefined;
}
