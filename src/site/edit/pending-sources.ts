import { frontDigest } from '../source/read-front.ts';
import type { AssetSource, SiteSources, TextSource } from '../source/sources.ts';

/** A picture that an edit brings and that is not in the site's folder yet. */
export interface AddedPicture {
  readonly folder: 'content' | 'static';
  /** Its path is below `folder`. */
  readonly source: AssetSource;
}

/** What an edit would do to a site's files. */
interface Pending {
  /** Texts below content/ that stand in for the files of their path. */
  readonly instead?: readonly TextSource[] | undefined;
  readonly without?: readonly string[] | undefined;
  readonly added?: readonly AddedPicture[] | undefined;
}

/** The sources as they would be with an edit that is not written. */
export function withPending(
  sources: SiteSources,
  { instead = [], without = [], added = [] }: Pending,
): SiteSources {
  if (instead.length + without.length + added.length === 0) return sources;
  const gone = new Set([...instead.map(({ path }) => path), ...without]);
  const brought = (folder: AddedPicture['folder']) =>
    added.filter((picture) => picture.folder === folder).map(({ source }) => source);
  return {
    ...sources,
    content: sorted([
      ...sources.content.filter(({ path }) => !gone.has(path)),
      ...instead.map((source) => ({ ...source, front: frontDigest(source.text) })),
    ]),
    resources: sorted([...sources.resources, ...brought('content')]),
    statics: sorted([...sources.statics, ...brought('static')]),
  };
}

const sorted = <T extends { readonly path: string }>(files: readonly T[]): T[] =>
  [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
