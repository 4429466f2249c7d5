import { describe, expect, it } from 'vitest';
import { files, importsOf, neighbours, textOf } from './import-graph.ts';
import { impureGlobals, impureModules, isPure, mayImport } from './rules.ts';

const room = (path: string) => path.split('/')[0] ?? '';

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');

describe('the house', () => {
  it('has files to look at', () => expect(files.length).toBeGreaterThan(20));

  it('recognises type-only imports', () => {
    const text = `import type { A } from '../a/x.ts';\nimport { type B, type C } from '../b/y.ts';\nimport { type D, e } from './z.ts';`;
    expect(importsOf(text).map(({ typeOnly }) => typeOnly)).toEqual([true, true, false]);
  });

  it.each(files)('%s imports only what its room may', (path) => {
    const refused = neighbours(path)
      .filter(({ to, typeOnly }) => !mayImport(room(path), room(to), typeOnly))
      .map(({ to }) => to);
    expect(refused).toEqual([]);
  });

  it.each(files.filter((path) => isPure(room(path))))('%s does no I/O', (path) => {
    const text = textOf(path);
    const modules = importsOf(text).filter(({ specifier }) => impureModules.test(specifier));
    const globals = impureGlobals.filter((pattern) => pattern.test(withoutComments(text)));
    expect({ modules, globals }).toEqual({ modules: [], globals: [] });
  });
});
