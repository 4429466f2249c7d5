import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder } from '../../../src/adapters/files/make-folder.ts';
import { write } from '../../support/kaldi.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it('makes a folder and those above it, and takes one that is there', () => {
  const dir = temporaryFolder();
  makeFolder(join(dir, 'a/b/c'));
  makeFolder(join(dir, 'a/b/c'));
  expect(statSync(join(dir, 'a/b/c')).isDirectory()).toBe(true);
});

it('stops at a file', () => {
  const dir = temporaryFolder();
  write(dir, 'a', 'x');
  expect(() => makeFolder(join(dir, 'a'))).toThrow(/EEXIST/);
  expect(() => makeFolder(join(dir, 'a/b'))).toThrow(/ENOTDIR/);
});

it.runIf(process.platform === 'linux')(
  'gives up where the system has nothing but ENOENT for everybody',
  () => {
    expect(() => makeFolder('/proc/sec/kaldi')).toThrow(/ENOENT/);
  },
);
