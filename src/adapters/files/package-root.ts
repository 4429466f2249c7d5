import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that sec itself is in, with its templates and demo clients: the nearest one upwards that holds bin/run.js. */
export function packageRoot(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, 'bin/run.js')) && dir !== dirname(dir)) dir = dirname(dir);
  return dir;
}
