import { describe, expect, it } from 'vitest';
import { connectionPool, type PoolOptions } from '../../../../src/adapters/hosts/file-by-file/pool.ts';

interface FakeConnection {
  readonly number: number;
}

function poolWith(options: Partial<PoolOptions<FakeConnection>> = {}) {
  const log: string[] = [];
  let made = 0;
  const pool = connectionPool<FakeConnection>({
    connect: async () => {
      made += 1;
      log.push(`connect ${made}`);
      return { number: made };
    },
    disconnect: ({ number }) => void log.push(`disconnect ${number}`),
    isBroken: (error) => error instanceof Error && error.message === 'broken',
    isCrowded: (error) => error instanceof Error && error.message === 'crowded',
    most: 4,
    sharing: 1,
    queue: 0,
    patience: { silence: 1000, waits: [1, 1] },
    ...options,
  });
  return { pool, log };
}

describe('connections to a host', () => {
  it('are made again when they break, and the step with them, until the patience is over', async () => {
    const { pool, log } = poolWith();
    pool.hold();
    const attempts: number[] = [];
    const step = async ({ number }: FakeConnection, attempt: number) => {
      attempts.push(attempt);
      if (number < 3) throw new Error('broken');
      return number;
    };
    expect(await pool.use(step)).toBe(3);
    expect(attempts).toEqual([0, 1, 2]);
    await expect(pool.use(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(pool.use(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    pool.letGo();
    expect(log.filter((line) => line.startsWith('connect')).length).toBe(
      log.filter((line) => line.startsWith('disconnect')).length,
    );
  });

  it('are as few as the other side lets in', async () => {
    let inside = 0;
    const { pool, log } = poolWith({
      connect: async () => {
        if (inside === 2) throw new Error('crowded');
        inside += 1;
        return { number: inside };
      },
    });
    pool.hold();
    const numbers = await Promise.all(
      Array.from({ length: 12 }, () =>
        pool.use(async ({ number }) => {
          await new Promise((next) => setTimeout(next, 1));
          return number;
        }),
      ),
    );
    pool.letGo();
    expect(new Set(numbers)).toEqual(new Set([1, 2]));
    expect(log).toEqual(['disconnect 1', 'disconnect 2']);
  });

  it('are not made for a handful of steps', async () => {
    const { pool, log } = poolWith({ queue: 4 });
    pool.hold();
    await Promise.all(Array.from({ length: 4 }, () => pool.use(async () => undefined)));
    pool.letGo();
    expect(log).toEqual(['connect 1', 'disconnect 1']);
  });
});
