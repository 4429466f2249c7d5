import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPaths, foldersOf, pathProblem } from '../../src/publish/paths.ts';

describe('a path of a release', () => {
  it.each([
    '',
    '/etc/passwd',
    '../up.html',
    'a/../../up.html',
    'a/./b',
    'a//b',
    'a/',
    'a\\b',
    'a\u0000b',
    'a\nb',
    'con',
    'a/NUL.html',
    'lpt1.txt',
    'COM¹',
    'a./b',
    'a /b',
    'what?.html',
    'a:b',
    '.sec/manifest.json',
    `${'ā'.repeat(128)}.html`,
    'a\uD800b',
  ])('refuses %j', (path) => expect(pathProblem(path)).toBeTypeOf('string'));

  it.each([
    'index.html',
    '.well-known/security.txt',
    'žurnāls/2026 – maijs & jūnijs.html',
    'console/index.html',
    '_redirects',
    'a..b/c',
    '日本/index.html',
  ])('allows %j', (path) => expect(pathProblem(path)).toBeUndefined());

  it('never leads out of the folder it is joined to', () => {
    const parts = fc.array(fc.constantFrom('..', '.', '', 'a', '\\', '/', 'C:', '%2e%2e'), { maxLength: 6 });
    fc.assert(
      fc.property(parts, (names) => {
        const path = names.join('/');
        if (pathProblem(path) !== undefined) return;
        expect(new URL(`file:///root/${encodeURI(path)}`).pathname.startsWith('/root/')).toBe(true);
        expect(path.split('/')).not.toContain('..');
      }),
    );
  });
});

describe('the paths of a release together', () => {
  const check =
    (...paths: string[]) =>
    () =>
      checkPaths(paths);

  it('refuse two names that are one elsewhere', () => {
    expect(check('About.html', 'about.html')).toThrow(/one name/);
    expect(check('caf\u00e9.html', 'cafe\u0301.html')).toThrow(/one name/);
    expect(check('A/x.html', 'a/y.html')).toThrow(/one folder/);
    expect(check('straße.html', 'STRASSE.html')).toThrow(/one name/);
  });

  it('refuse a name that is a file and a folder', () => {
    expect(check('a', 'a/b.html')).toThrow(/a file and a folder/);
    expect(check('A', 'a/b.html')).toThrow(/a file and a folder/);
  });

  it('allow a usual site', () => {
    expect(check('index.html', 'a/index.html', 'a/b/index.html', 'lv/a/index.html')).not.toThrow();
  });

  it('know the folders on the way', () => expect(foldersOf('a/b/c.html')).toEqual(['a', 'a/b']));
});
