import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { sec } from '../support/sec.ts';

const root = resolve(import.meta.dirname, '../..');

it('takes no word of the command line from the input, where a password may stand', async () => {
  for (const words of [
    ['promo', 'status', 'maize'],
    ['list', 'check', 'maize'],
    ['client', 'show'],
  ]) {
    const ran = await sec(words, { input: 'hunter2' });
    expect(ran.code).toBe(2);
    expect(ran.stdout + ran.stderr).not.toContain('hunter2');
  }
});

it('has no word that could be taken from there', () => {
  const own = globSync('src/commands/**/*.ts', { cwd: root }).filter((file) =>
    /\bArgs\.\w+\((?![^)]*ignoreStdin: true)/.test(readFileSync(resolve(root, file), 'utf8')),
  );
  expect(own).toEqual([]);
});
