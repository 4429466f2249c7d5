import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const { dependencies, optionalDependencies } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
const known = new Set([
  ...Object.keys(dependencies),
  ...Object.keys(optionalDependencies),
  ...builtinModules,
]);

/** `@scope/name` or `name` of what a line imports. */
const packageOf = (specifier: string) => /^(@[^/]+\/[^/]+|[^/]+)/.exec(specifier)?.[1] ?? specifier;

it('bundles or declares everything that it loads', () => {
  const files = globSync('dist/**/*.js', { cwd: root });
  expect(files.length).toBeGreaterThan(40);
  const loaded = files.flatMap((file) =>
    [
      ...readFileSync(`${root}/${file}`, 'utf8').matchAll(
        /^(?:import|export)\b[^'"\n]*?['"]([^'"\n]+)['"];?$|\bimport\(["']([^"'\n]+)["']\)/gm,
      ),
    ].map(([, from, lazily]) => from ?? lazily ?? ''),
  );
  const packages = loaded.filter((from) => !/^(node:|\.)/.test(from)).map(packageOf);
  expect(packages).toContain('handlebars');
  expect(packages.filter((name) => !known.has(name))).toEqual([]);
});
