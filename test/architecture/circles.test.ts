import { expect, it } from 'vitest';
import { files, neighbours } from './import-graph.ts';

/**
 * Files that reach themselves through what they import, types and loading at need included: none can then be read, or
 * moved, without the others. What two files need of each other stands in a third.
 */
function circles(): string[][] {
  const next = new Map(files.map((path) => [path, neighbours(path).map(({ to }) => to)]));
  const order = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (path: string): number => {
    const place = order.size;
    order.set(path, place);
    open.push(path);
    let lowest = place;
    for (const to of next.get(path) ?? []) {
      const seen = order.get(to);
      if (seen === undefined) lowest = Math.min(lowest, visit(to));
      else if (open.includes(to)) lowest = Math.min(lowest, seen);
    }
    if (lowest < place) return lowest;
    const circle = open.splice(open.indexOf(path));
    if (circle.length > 1) found.push(circle.sort());
    return lowest;
  };
  for (const path of files) if (!order.has(path)) visit(path);
  return found;
}

it('no two files import each other, not even through others', () => {
  expect(circles()).toEqual([]);
});
