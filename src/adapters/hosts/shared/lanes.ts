/**
 * Does things side by side, at most `lanes` at once, and hands out each as it is done. After a failure none is
 * begun any more, and those under way are waited for before it is thrown.
 */
export async function* inLanes<Item, Result>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, void> {
  const busy = new Set<Promise<void>>();
  const done: Result[] = [];
  const failures: unknown[] = [];
  const start = (item: Item) => {
    const lane: Promise<void> = work(item)
      .then((result) => void done.push(result))
      .catch((error: unknown) => void failures.push(error))
      .finally(() => busy.delete(lane));
    busy.add(lane);
  };
  try {
    const queue = items.values();
    for (;;) {
      while (busy.size < lanes && failures.length === 0) {
        const next = queue.next();
        if (next.done) break;
        start(next.value);
      }
      if (busy.size === 0) break;
      await Promise.race(busy);
      yield* done.splice(0);
    }
  } finally {
    await Promise.all(busy);
  }
  if (failures.length > 0) throw failures[0];
}

/** The same for whoever wants all results, in no order. */
export async function allInLanes<Item, Result>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for await (const result of inLanes(items, lanes, work)) results.push(result);
  return results;
}
