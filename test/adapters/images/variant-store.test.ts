import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openVariants } from '../../../src/adapters/images/variant-store.ts';
import { sha256 } from '../../../src/core/digest.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const key = (n: number) => sha256(`picture ${n}`);
const bytes = (n: number) => Buffer.alloc(1_000, n);
const DAY_S = 86_400;

function age(dir: string, n: number, days: number): void {
  const name = readdirSync(dir).find((one) => one.startsWith(key(n))) ?? '';
  const then = Date.now() / 1000 - days * DAY_S;
  utimesSync(`${dir}/${name}`, then, then);
}

describe('pictures that were made', () => {
  it('are found again by what they were made of, also by another process', () => {
    const dir = temporaryFolder();
    const made = openVariants(dir).put(key(1), bytes(1));
    expect(openVariants(dir).find(key(1))).toEqual(made);
    expect(openVariants(dir).find(key(2))).toBeUndefined();
  });

  it('are not found where a crash left only a part', () => {
    const dir = temporaryFolder();
    const { location } = openVariants(dir).put(key(1), bytes(1));
    writeFileSync(location, 'part');
    expect(openVariants(dir).find(key(1))).toBeUndefined();
  });

  it('go, the longest unused first, once they are more than may lie there', () => {
    const dir = temporaryFolder();
    const store = openVariants(dir, 2_000);
    for (const n of [1, 2, 3, 4, 5]) store.put(key(n), bytes(n));
    for (const n of [1, 2, 3, 4]) age(dir, n, n);
    store.sweep(new Set([key(4)]));
    const left = [1, 2, 3, 4, 5].filter((n) => openVariants(dir).find(key(n)));
    // 4 is used, 5 may be another process's; of the others only the youngest fits beside 5.
    expect(left).toEqual([1, 4, 5]);
  });
});
