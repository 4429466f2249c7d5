import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue, exitCodes, fail, oneOf, where } from '../../src/core/errors/index.ts';

const src = resolve(import.meta.dirname, '../../src');

describe('the catalogue', () => {
  it('has every code once', () => {
    const rooms = readdirSync(join(src, 'core/errors')).map((file) =>
      readFileSync(join(src, 'core/errors', file), 'utf8'),
    );
    const codes = rooms.flatMap((text) =>
      [...text.matchAll(/^ {2}([A-Z][A-Z0-9_]+): entry/gm)].map(([, code]) => code),
    );
    expect(codes.length).toBe(new Set(codes).size);
    expect([...codes].sort()).toEqual(Object.keys(catalogue).sort());
  });

  it.each(Object.entries(catalogue))(
    '%s has a title, and an exit code of the contract',
    (_, { title, exit }) => {
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(exitCodes[exit]).toBeGreaterThan(0);
    },
  );

  it('is used: no code that nothing throws', () => {
    const texts = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.startsWith('core/errors'))
      .map((path) => readFileSync(join(src, path), 'utf8'))
      .join('\n');
    const unused = Object.keys(catalogue).filter((code) => !texts.includes(`'${code}'`));
    expect(unused).toEqual([]);
  });
});

it('makes an error that says what happened and what to do', () => {
  const error = fail('CLIENT_UNKNOWN', { client: 'kladi', near: ['kaldi'], known: ['kaldi'] });
  expect(error).toMatchObject({ code: 'CLIENT_UNKNOWN', exitCode: 2, details: { client: 'kladi' } });
  expect(error.hint).toBe('Did you mean "kaldi"? All clients: sec client list');
});

it('names places and choices in plain words', () => {
  expect(where({ file: 'a.yaml', line: 3, column: 2, field: 'url' })).toBe(
    'a.yaml, line 3, column 2, field "url"',
  );
  expect(oneOf(['a', 'b', 'c'])).toBe('"a", "b" or "c"');
});
