import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

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
  expect(packages).toContain('sanitize-html');
  expect(packages.filter((name) => !known.has(name))).toEqual([]);
});

it('finds what it loads by name when a text is more than plain', () => {
  const workspace = temporaryFolder();
  const list = () =>
    spawnSync(process.execPath, [join(root, 'bin/run.js'), 'client', 'list', '--workspace', workspace], {
      encoding: 'utf8',
    });
  writeFileSync(join(workspace, 'sec.yaml'), 'operator: &us {name: Office, email: office@example.com}\n');
  expect(list()).toMatchObject({ status: 0, stdout: expect.stringContaining('No clients yet') });
  writeFileSync(join(workspace, 'sec.yaml'), 'operator: {name: Office, email: office}\n');
  expect(list().stderr).toContain('sec.yaml, line 1, column 26, field "operator.email": ');
});
