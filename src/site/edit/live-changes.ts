import type { BuiltPage } from '../built-page.ts';

/** What a build changes on the live site, as a person sees it. */
export interface LiveChanges {
  readonly added: readonly ChangedPage[];
  readonly changed: readonly ChangedPage[];
  /** Addresses of pages that go. */
  readonly removed: readonly string[];
  /** Pictures, theme files and the like. */
  readonly otherFiles: number;
}

interface ChangedPage {
  readonly url: string;
  readonly title: string;
}

export interface PathChanges {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** Says in pages what differs in files. */
export function liveChanges(
  { added, changed, removed }: PathChanges,
  outline: readonly BuiltPage[],
): LiveChanges {
  const byPath = new Map(outline.map((page) => [page.path, page]));
  const pagesOf = (paths: readonly string[]) =>
    paths
      .flatMap((path) => {
        const page = byPath.get(path);
        return page ? [{ url: page.url, title: page.title }] : [];
      })
      .sort((a, b) => (a.url < b.url ? -1 : 1));
  const isPage = (path: string) => path.endsWith('.html');
  const gone = removed.filter(isPage).map((path) => `/${path.replace(/(^|\/)index\.html$/, '$1')}`);
  const result = { added: pagesOf(added), changed: pagesOf(changed), removed: gone };
  const told = result.added.length + result.changed.length + gone.length;
  return { ...result, otherFiles: added.length + changed.length + removed.length - told };
}

/** What differs between two trees of files. */
export function pathChanges(
  before: ReadonlyMap<string, { readonly sha256: string }>,
  after: ReadonlyMap<string, { readonly sha256: string }>,
): PathChanges {
  const paths = [...after.keys()];
  return {
    added: paths.filter((path) => !before.has(path)),
    changed: paths.filter((path) => before.has(path) && before.get(path)?.sha256 !== after.get(path)?.sha256),
    removed: [...before.keys()].filter((path) => !after.has(path)),
  };
}
