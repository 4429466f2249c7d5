import type { PageTrace, Traces } from '../build-store.ts';
import type { Site } from '../collect/collect.ts';
import type { SiteFiles } from '../collect/files.ts';
import type { Variant } from './picture-maker.ts';

/** Names of the facts about pictures that pages read, by page; pages that read none are left out. */
export type PicturesOfPages = Readonly<Record<string, readonly string[]>>;

/** The facts about pictures that one page read, where something is made of the picture. */
const picturesRead = ({ reads }: PageTrace, { files }: Site): string[] =>
  files.hasRasters ? [...reads.keys()].filter((name) => variantsOf(name, files).length > 0) : [];

export function picturesOfPages(traces: Traces, site: Site): PicturesOfPages {
  if (!site.files.hasRasters) return {};
  return Object.fromEntries(
    Object.entries(traces)
      .map(([id, trace]) => [id, picturesRead(trace, site)] as const)
      .filter(([, names]) => names.length > 0),
  );
}

/** All that must be made for the pages of a site, once each. */
export function variantsFor(pages: PicturesOfPages, files: SiteFiles): Variant[] {
  const names = new Set(Object.values(pages).flat());
  const variants = [...names].flatMap((name) => variantsOf(name, files));
  return [...new Map(variants.map((one) => [one.address, one])).values()];
}

function variantsOf(name: string, files: SiteFiles): readonly Variant[] {
  if (name.startsWith('picture:')) return files.picture(name.slice('picture:'.length))?.shown ?? [];
  const shared = name.startsWith('share:') ? files.picture(name.slice('share:'.length))?.shared : undefined;
  return shared ? [shared] : [];
}
