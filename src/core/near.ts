import { distance } from 'fastest-levenshtein';

/** The names that `word` may have been meant to be, nearest first, three at most. */
export function nearNames(word: string, names: readonly string[]): string[] {
  const typed = word.toLowerCase();
  // With two of three letters changed, a word is another word.
  const limit = typed.length < 4 ? 1 : Math.max(2, Math.floor(typed.length / 3));
  return names
    .map((name) => ({ name, far: closeness(typed, name.toLowerCase()) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far || a.name.localeCompare(b.name))
    .slice(0, 3)
    .map(({ name }) => name);
}

function closeness(typed: string, name: string): number {
  if (typed.length >= 3 && name.startsWith(typed)) return 1;
  return distance(typed, name);
}
