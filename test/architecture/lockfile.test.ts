import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Record<string, string>;
}

const file = resolve(import.meta.dirname, '../../package-lock.json');
const packages: Record<string, Entry> = JSON.parse(readFileSync(file, 'utf8')).packages;
const names = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)));

it('has an entry for every platform, or npm ci fails on a clean machine', () => {
  const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
    Object.keys(optionalDependencies),
  );
  expect(wanted.length).toBeGreaterThan(10);
  expect(wanted.filter((name) => !names.has(name))).toEqual([]);
});

it('names an integrity for every package, and no place to download it from', () => {
  const installed = Object.entries(packages).filter(([path, { link }]) => path !== '' && !link);
  expect(installed.filter(([, { integrity }]) => !integrity).map(([path]) => path)).toEqual([]);
  expect(installed.filter(([, { resolved }]) => resolved).map(([path]) => path)).toEqual([]);
});

it('pins the Node that sec runs on to one version', () => {
  const versions = [...names].filter((name) => /^node-(bin-)?(linux|darwin|win)-/.test(name ?? ''));
  expect(versions.length).toBeGreaterThanOrEqual(4);
  expect(new Set(versions.map((name) => packages[`node_modules/${name}`]?.version)).size).toBe(1);
});
