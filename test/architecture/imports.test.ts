import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { impureGlobals, impureModules, isPure, mayImport } from './rules.ts';

const src = resolve(import.meta.dirname, '../../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
const room = (path: string) => path.split('/')[0] ?? '';

interface Found {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** Static and dynamic imports and re-exports of one file. */
function importsOf(text: string): Found[] {
  const found: Found[] = [];
  for (const [, keyword, clause, specifier] of text.matchAll(
    /^(import|export)\s+((?:type\s)?[^'";]*?from\s+)?['"]([^'"]+)['"]/gm,
  )) {
    if (keyword === 'export' && !clause) continue;
    found.push({ specifier: specifier ?? '', typeOnly: isTypeOnly(clause ?? '') });
  }
  for (const [, specifier] of text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)) {
    found.push({ specifier: specifier ?? '', typeOnly: false });
  }
  return found;
}

function isTypeOnly(clause: string): boolean {
  if (clause.startsWith('type ')) return true;
  const names =
    /\{([^}]*)\}/
      .exec(clause)?.[1]
      ?.split(',')
      .map((name) => name.trim())
      .filter(Boolean) ?? [];
  return names.length > 0 && names.every((name) => name.startsWith('type '));
}

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');

describe('the house', () => {
  it('has files to look at', () => expect(files.length).toBeGreaterThan(20));

  it('recognises type-only imports', () => {
    const text = `import type { A } from '../a/x.ts';\nimport { type B, type C } from '../b/y.ts';\nimport { type D, e } from './z.ts';`;
    expect(importsOf(text).map(({ typeOnly }) => typeOnly)).toEqual([true, true, false]);
  });

  it.each(files)('%s imports only what its room may', (path) => {
    const text = readFileSync(join(src, path), 'utf8');
    const refused = importsOf(text)
      .filter(({ specifier }) => specifier.startsWith('.'))
      .map(({ specifier, typeOnly }) => ({
        to: relative(src, resolve(src, dirname(path), specifier)),
        typeOnly,
      }))
      .filter(({ to, typeOnly }) => !mayImport(room(path), room(to), typeOnly))
      .map(({ to }) => to);
    expect(refused).toEqual([]);
  });

  it.each(files.filter((path) => isPure(room(path))))('%s does no I/O', (path) => {
    const text = readFileSync(join(src, path), 'utf8');
    const modules = importsOf(text).filter(({ specifier }) => impureModules.test(specifier));
    const globals = impureGlobals.filter((pattern) => pattern.test(withoutComments(text)));
    expect({ modules, globals }).toEqual({ modules: [], globals: [] });
  });
});
