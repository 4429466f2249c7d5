import { createHash } from 'node:crypto';
import type { LiveSite } from '../../publish/index.ts';

/** A site that answers slower than this is read back from its host instead. */
const TIME_LIMIT_MS = 3000;

/**
 * The site at `url` as visitors get it. A page is asked for by its clean address, and each time with a query of
 * its own, so that no cache on the way answers.
 *
 * @param unique a word that no earlier request carried
 */
export function httpSite(url: string, unique: string, signal: AbortSignal): LiveSite {
  const base = url.endsWith('/') ? url : `${url}/`;
  return {
    url,
    async hash(path) {
      const response = await fetch(`${base}${address(path)}?sec=${unique}`, {
        headers: { 'cache-control': 'no-cache' },
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)]),
      });
      const hash = createHash('sha256');
      if (response.body) for await (const chunk of response.body) hash.update(chunk);
      return response.ok ? hash.digest('hex') : undefined;
    },
  };
}

/** `about/index.html` is shown at `about/`. */
function address(path: string): string {
  const clean = path.replace(/(^|\/)index\.html$/, '$1');
  return clean.split('/').map(encodeURIComponent).join('/');
}
