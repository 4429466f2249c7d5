import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { writeCache } from '../../../src/adapters/sources/cache-file.ts';
import { openKnownFiles } from '../../../src/adapters/sources/known-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const HOUR_S = 3_600;
/** Files count as rested at once: a file's time has parts of a millisecond, and may lie after the clock's. */
const AT_ONCE = -1;
const name = (location: string) => location;
let dir: string;
let found: { path: string; location: string };

/** Writes the file, an hour ago as far as its own time says. */
function write(text: string): void {
  mkdirSync(dirname(found.location), { recursive: true });
  writeFileSync(found.location, text);
  const then = Math.floor(Temporal.Now.instant().epochMilliseconds / 1000) - HOUR_S;
  utimesSync(found.location, then, then);
}

function read(settledMs?: number) {
  const known = openKnownFiles(dir, settledMs);
  const page = known.page(found, name);
  known.save();
  return page;
}

beforeEach(() => {
  dir = temporaryFolder();
  found = { path: 'a.md', location: join(dir, 'content/a.md') };
});

describe('files that are known', () => {
  it('are none where an earlier sec kept them in another shape', () => {
    write('---\ntitle: One\n---\n');
    writeCache(join(dir, 'files.bin'), { files: new Map() });
    expect(read(AT_ONCE).text).toContain('One');
  });

  it('are not trusted while they are young: the next change may not move their time', () => {
    write('---\ntitle: One\n---\n');
    read();
    write('---\ntitle: Two\n---\n');
    expect(read().text).toContain('Two');
  });

  it('are read again where a program set their time back', () => {
    write('---\ntitle: One\n---\n');
    const first = read();
    write('---\ntitle: Two\n---\n');
    const second = read();
    expect(second.sha256).not.toBe(first.sha256);
    expect(second.front).not.toBe(first.front);
  });

  it('show the same front where only the text below it is another', () => {
    write('---\ntitle: One\n---\nText\n');
    const { front, sha256 } = read();
    write('---\ntitle: One\n---\nOther text\n');
    expect(read()).toMatchObject({ front });
    expect(read().sha256).not.toBe(sha256);
  });

  it('are not read again while they rest, and must be what they were when their text is wanted', () => {
    write('---\ntitle: One\n---\nText\n');
    read(AT_ONCE);
    const again = read(AT_ONCE);
    write('---\ntitle: Two\n---\nText\n');
    expect(again.front).toMatch(/^[0-9a-f]{64}$/);
    expect(() => again.text).toThrow(/a\.md/);
    expect(read(AT_ONCE).text).toContain('Two');
  });

  it('cost nothing but their reading where what was kept is broken', () => {
    write('---\ntitle: One\n---\n');
    const { sha256 } = read(AT_ONCE);
    for (const broken of ['', 'x', readSaved()?.slice(0, -1) ?? '']) {
      writeFileSync(join(dir, 'files.bin'), broken, 'latin1');
      expect(read().sha256).toBe(sha256);
    }
  });
});

function readSaved(): string | undefined {
  try {
    return readFileSync(join(dir, 'files.bin'), 'latin1');
  } catch {
    return undefined;
  }
}

describe('many files', () => {
  it('are known in whatever order they are asked for, also beside new ones', () => {
    const files = ['a', 'b', 'c', 'd'].map((one) => ({
      path: `${one}.md`,
      location: join(dir, `content/${one}.md`),
    }));
    for (const file of files) {
      mkdirSync(dirname(file.location), { recursive: true });
      writeFileSync(file.location, `Text of ${file.path}.\n`);
    }
    const [a, b, c, d] = files;
    if (!a || !b || !c || !d) throw new TypeError('There are four.');
    const run = (wanted: readonly (typeof a)[]) => {
      const known = openKnownFiles(dir, AT_ONCE);
      const read = wanted.map((file) => {
        const page = known.page(file, name);
        expect(page.text).toBe(`Text of ${file.path}.\n`);
        return 'whereabouts' in page && 'place' in (page.whereabouts as object);
      });
      known.save();
      return read;
    };
    // What was written in this very millisecond has not rested.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    expect(run([a, b, d])).toEqual([true, true, true]);
    expect(run([d, a, b, a])).toEqual([false, false, false, false]);
    expect(run([a, c, d, b])).toEqual([false, true, false, false]);
    expect(run([a, b, c, d])).toEqual([false, false, false, false]);
  });
});
