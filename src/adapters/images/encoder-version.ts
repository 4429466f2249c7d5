import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Counts up when sec itself asks for other settings. */
const RECIPE = 1;

/** Names what turns one picture into another, without loading it: sharp brings its own libvips, version by version. */
export function encoderVersion(): string {
  const entry = createRequire(import.meta.url).resolve('sharp');
  const { version } = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'));
  return `sharp ${version}, ${RECIPE}`;
}
