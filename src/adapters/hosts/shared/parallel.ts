import { tick, type Work } from '../../../core/progress.ts';

/**
 * Works through a list, several at a time, and tells of each one that is done. The first failure stops it, once
 * those that were begun have ended.
 */
export async function* inParallel(
  paths: readonly string[],
  width: number,
  work: (path: string) => Promise<void>,
  { done = 0, total = paths.length }: { done?: number; total?: number } = {},
): Work<void> {
  const running = new Set<Promise<string>>();
  const queue = paths.values();
  let finished = done;
  try {
    for (;;) {
      while (running.size < width) {
        const next = queue.next();
        if (next.done) break;
        const one = work(next.value).then(() => next.value);
        // Whoever fails first is heard through the race; the others must not count as unheard.
        one.catch(() => undefined).finally(() => running.delete(one));
        running.add(one);
      }
      if (running.size === 0) return;
      const path = await Promise.race(running);
      finished += 1;
      yield tick(finished, total, path);
    }
  } finally {
    await Promise.allSettled(running);
  }
}
