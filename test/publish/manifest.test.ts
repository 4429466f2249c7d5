import { describe, expect, it } from 'vitest';
import {
  headersDigest,
  journalText,
  makeManifest,
  manifestText,
  parseJournal,
  parseManifest,
} from '../../src/publish/index.ts';
import { plannedRelease, testClock } from '../support/publish.ts';

const target = 'file:public/kaldi';
const manifest = makeManifest(plannedRelease({ 'index.html': 'home', 'a.css': 'css' }), {
  target,
  parent: undefined,
  tool: 'sec test',
  now: testClock.now(),
});
const changed = (change: object) => JSON.stringify({ ...manifest, ...change });

describe('a manifest', () => {
  it('comes back as it went', () => expect(parseManifest(manifestText(manifest), target)).toEqual(manifest));

  it.each([
    ['half a file', manifestText(manifest).slice(0, -20), /not whole/],
    ['a later version', changed({ v: 2 }), /not of a kind/],
    ['a changed list', changed({ files: {} }), /changed by hand/],
    ['something else', '[]', /not of a kind/],
  ])('refuses %s and never takes it for absent', (_, text, problem) => {
    expect(() => parseManifest(text, target)).toThrow(problem);
    expect(() => parseManifest(text, target)).toThrow(/Nothing was published, nothing was removed/);
  });

  it('refuses a path that leads out of the web root, however well it is signed for', () => {
    const evil = makeManifest(plannedRelease({ '../../.ssh/authorized_keys': 'x' }), {
      target,
      parent: undefined,
      tool: 'sec test',
      now: testClock.now(),
    });
    expect(() => parseManifest(manifestText(evil), target)).toThrow(/unsafe path/);
  });
});

describe('a journal', () => {
  const removals = { 'old.html': { sha256: 'b'.repeat(64), size: 3, headers: {} } };

  it('comes back as it went', () => {
    expect(parseJournal(journalText({ next: manifest, removals }), target)).toEqual({
      next: manifest,
      removals,
    });
  });

  it('refuses half a file and a path that leads out', () => {
    expect(() => parseJournal('{"v":1', target)).toThrow(/not whole/);
    const out = { '../x': { sha256: 'b'.repeat(64), size: 3, headers: {} } };
    expect(() => parseJournal(journalText({ next: manifest, removals: out }), target)).toThrow(/unsafe path/);
  });
});

describe('the headers that a host is told', () => {
  const release = plannedRelease({ 'index.html': 'home', 'a.css': 'css' });
  const told = (cache: string) => headersDigest(release, { headers: () => ({ 'cache-control': cache }) });

  it('are known again, and others are others', () => {
    expect(told('no-store')).toBe(told('no-store'));
    expect(told('no-store')).not.toBe(told('public'));
    expect(headersDigest(release, {})).toBeUndefined();
  });

  it('are those of each path', () => {
    const swapped = (style: string) => ({
      headers: (path: string) => ({ 'content-type': path.endsWith('.css') ? style : 'text/html' }),
    });
    expect(headersDigest(release, swapped('text/css'))).not.toBe(
      headersDigest(release, swapped('text/html')),
    );
  });
});
