import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { schemaFiles } from '../../scripts/docs/schemas.ts';
import { readFrontMatter } from '../../src/core/front-matter.ts';
import { parseYaml } from '../../src/core/yaml.ts';
import { minimal } from '../campaign/workspace.ts';

const root = resolve(import.meta.dirname, '../..');
const validators = new Map(
  schemaFiles().map(([file, text]) => {
    const validate = new Ajv({ allErrors: true, validateFormats: false }).compile(JSON.parse(text));
    const name = /(\w+)\.schema\.json$/.exec(file)?.[1] ?? '';
    return [name, (value: unknown) => (validate(value) ? [] : (validate.errors ?? []))] as const;
  }),
);
const errorsOf = (path: string, text: string) => {
  const name = path.endsWith('campaign.md') ? 'campaign' : path.endsWith('site.yaml') ? 'site' : 'sec';
  const source = name === 'campaign' ? readFrontMatter(text, path).yaml : parseYaml(text, path);
  return validators.get(name)?.(source.value) ?? [{ message: `no schema ${name}` }];
};

const shipped = ['sec.yaml', ...globSync('{sites/*/site.yaml,campaigns/*/*/campaign.md}', { cwd: root })];

describe('the JSON Schemas, with a validator that is not ours', () => {
  it.each(shipped)('take %s of the demo', (path) =>
    expect(errorsOf(path, readFileSync(join(root, path), 'utf8'))).toEqual([]),
  );

  it.each(Object.entries(minimal))("take the contract's %s", (path, text) =>
    expect(errorsOf(path, text)).toEqual([]),
  );

  it.each([
    ['a misspelt field', 'sites/kaldi/site.yaml', 'policy:', 'polcy:'],
    ['a rule that is none', 'sites/kaldi/site.yaml', 'site: none', 'site: sometimes'],
    ['a day that is none', 'sites/kaldi/site.yaml', '[mon,', '[monday,'],
    ['an office without an address', 'sec.yaml', ', email: office@example.com', ''],
    ['a price in words', 'campaigns/kaldi/spring/campaign.md', 'price: 7.90', 'price: cheap'],
    ['a brief without a subject', 'campaigns/kaldi/spring/campaign.md', 'subject:', 'description:'],
  ])('refuse %s', (_what, path, from, to) => {
    const text = minimal[path] ?? '';
    expect(text).toContain(from);
    expect(errorsOf(path, text.replace(from, to))).not.toEqual([]);
  });

  it.each(schemaFiles())('%s is up to date', (file, text) =>
    expect(readFileSync(join(root, file), 'utf8')).toBe(text),
  );
});
