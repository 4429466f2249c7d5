import { join } from 'node:path';
import { fail } from '../core/errors/index.ts';
import type { Client } from './client.ts';

/**
 * Absolute path of the folder with a client's Markdown pages.
 *
 * @throws BUILD_FOREIGN for a site of finished files, which has none
 */
export function contentFolder({ name, siteDir, config: { build } }: Client): string {
  if (build === 'builtin') return join(siteDir, 'content');
  if ('copy' in build) throw fail('BUILD_FOREIGN', { client: name, folder: build.copy });
  return join(siteDir, build.content);
}
