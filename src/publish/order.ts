/**
 * The order in which files go live where they cannot all do so at once: what pages need before the pages, what
 * lists pages after them, the front page last. A visitor never gets a page whose pictures are not there yet.
 */
export function publishOrder(a: string, b: string): number {
  return publishRank(a) - publishRank(b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** Paths of one rank may go live in any order, those of a higher one after them. */
export function publishRank(path: string): number {
  if (path === 'index.html') return 3;
  if (isPage(path)) return 1;
  return listsPages(path) ? 2 : 0;
}

/** Whether a path is a page that visitors open. */
export const isPage = (path: string): boolean => /\.html?$/i.test(path);

const listsPages = (path: string) =>
  /(^|\/)(sitemap[^/]*\.xml|feed[^/]*\.(xml|json)|rss\.xml|atom\.xml|index\.xml|robots\.txt|_redirects)$/i.test(
    path,
  );
