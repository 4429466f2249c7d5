import { type Has, relativeLinks, relativeStyle } from './relative-links.ts';

/** What a visitor of the live site's machines reads, and nobody who is shown a preview. */
const leftOut = /^(sitemap.*\.xml|robots\.txt|_redirects|_headers|(.*\/)?feed\.xml)$/;

const unlisted =
  '<meta name="robots" content="noindex, nofollow, noarchive"><meta name="referrer" content="no-referrer">';

/** Whether a file of a release is in what is shared. */
export const isShared = (path: string): boolean => !leftOut.test(path);

/**
 * A text of a release as it is shared: links lead to files beside it, no search engine lists it, and no site that
 * it links to learns its address. Undefined for a file that is shared byte for byte.
 */
export function sharedText(path: string, text: () => string, has: Has): string | undefined {
  if (path.endsWith('.css')) return relativeStyle(text(), path, has);
  if (!path.endsWith('.html')) return undefined;
  const page = relativeLinks(withoutRobots(text()), path, has);
  const head = /<head[^>]*>/i.exec(page);
  if (!head) return `${unlisted}${page}`;
  const at = head.index + head[0].length;
  return page.slice(0, at) + unlisted + page.slice(at);
}

const withoutRobots = (page: string) =>
  page.replace(/<meta\s[^>]*name=["']?(robots|referrer)["']?[^>]*>/gi, '');
