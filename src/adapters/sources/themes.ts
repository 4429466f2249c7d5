import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail } from '../../core/errors/index.ts';
import { isSafeName } from '../../site/page/address.ts';

const shipped = fileURLToPath(new URL('../../../templates/site/', import.meta.url));

/**
 * The folder of a theme: the workspace's own, else the one that ships with sec.
 *
 * @throws THEME_MISSING
 */
export function findTheme(workspace: string, theme: string, client: string): string {
  const places = [join(workspace, 'templates', 'site'), shipped];
  const found = isSafeName(theme)
    ? places.map((place) => join(place, theme)).find((dir) => existsSync(dir))
    : undefined;
  if (found) return found;
  const known = places.filter((place) => existsSync(place)).flatMap((place) => readdirSync(place));
  throw fail('THEME_MISSING', { theme, client, known: [...new Set(known)].sort() });
}
