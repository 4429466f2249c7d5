import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** Where the sources are. */
const src = resolve(import.meta.dirname, '../../src');

/** All of them, by path below src/. */
export const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.ts'),
);

export const textOf = (path: string): string => readFileSync(join(src, path), 'utf8');

export interface Found {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** Static and dynamic imports and re-exports of one file. */
export function importsOf(text: string): Found[] {
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

/** The files of this tree that one of it imports. */
export const neighbours = (path: string): { readonly to: string; readonly typeOnly: boolean }[] =>
  importsOf(textOf(path))
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier, typeOnly }) => ({
      to: relative(src, resolve(src, dirname(path), specifier)),
      typeOnly,
    }));
