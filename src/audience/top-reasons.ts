/** Counts reasons, to name the most frequent ones. */
export function topReasons(): { add(reason: string): void; top(most: number): string[] } {
  const seen = new Map<string, number>();
  return {
    add: (reason) => void seen.set(reason, (seen.get(reason) ?? 0) + 1),
    top: (most) =>
      [...seen]
        .sort(([, a], [, b]) => b - a)
        .slice(0, most)
        .map(([reason]) => reason),
  };
}
