import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pictureMaker } from '../../../src/adapters/images/picture-maker.ts';
import { sha256 } from '../../../src/core/digest.ts';
import { finish } from '../../../src/core/progress.ts';
import type { Variant } from '../../../src/site/pictures/picture-maker.ts';
import { picture } from '../../site/support/pictures.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function variants(dir: string, count: number): Promise<Variant[]> {
  const bytes = await picture(100, 60).png().toBuffer();
  const location = join(dir, 'a.png');
  writeFileSync(location, bytes);
  const source = { path: 'a.png', file: 'a.png', sha256: sha256(bytes), size: bytes.length, location };
  return Array.from({ length: count }, (_, n) => ({
    key: sha256(`${n}`),
    address: `/a-${n}.webp`,
    source,
    format: 'webp',
    width: 20 + n,
  }));
}

describe('making pictures', () => {
  it('makes each once, and tells how far it is', async () => {
    const dir = temporaryFolder();
    const wanted = await variants(dir, 5);
    const ticks: unknown[] = [];
    for await (const event of pictureMaker(join(dir, 'kept')).make([...wanted, ...wanted])) ticks.push(event);
    expect(ticks).toEqual([
      { kind: 'step', text: 'Making 5 pictures' },
      ...[1, 2, 3, 4, 5].map((done) => ({ kind: 'tick', done, total: 5 })),
    ]);
    const again: unknown[] = [];
    for await (const event of pictureMaker(join(dir, 'kept')).make(wanted)) again.push(event);
    expect(again).toEqual([]);
  });

  it('stops when it is told to, and keeps what is made', async () => {
    const dir = temporaryFolder();
    const wanted = await variants(dir, 40);
    const stop = new AbortController();
    const work = pictureMaker(join(dir, 'kept'), stop.signal).make(wanted);
    await work.next();
    await work.next();
    stop.abort();
    await expect(finish(work)).rejects.toThrow('aborted');
    const kept = readdirSync(join(dir, 'kept')).filter((name) => !name.endsWith('.tmp')).length;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(40);
  });

  it('refuses a picture that changed since it was read', async () => {
    const dir = temporaryFolder();
    const wanted = await variants(dir, 3);
    writeFileSync(join(dir, 'a.png'), await picture(100, 60, 9).png().toBuffer());
    await expect(finish(pictureMaker(join(dir, 'kept')).make(wanted))).rejects.toMatchObject({
      code: 'SOURCE_CHANGED',
    });
  });
});
