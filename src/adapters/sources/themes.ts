import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../../core/errors/index.ts';
import { isSafeName } from '../../site/page/address.ts';

/**
 * The folder of a theme.
 *
 * @param roots folders with a `templates/site`, the one that goes first before the others: the workspace, sec itself
 * @throws THEME_MISSING
 */
export function findTheme(roots: readonly string[], theme: string, client: string): string {
  const places = roots.map((root) => join(root, 'templates', 'site'));
  const found = isSafeName(theme)
    ? places.map((place) => join(place, theme)).find((dir) => existsSync(dir))
    : undefined;
  if (found) return found;
  const known = places.filter((place) => existsSync(place)).flatMap((place) => readdirSync(place));
  throw fail('THEME_MISSING', { theme, client, known: [...new Set(known)].sort() });
}
