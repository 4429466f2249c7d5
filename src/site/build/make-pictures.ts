import type { Work } from '../../core/progress.ts';
import type { Site } from '../collect/collect.ts';
import type { PictureMaker, Variant } from '../pictures/picture-maker.ts';
import { type PicturesOfPages, variantsFor } from '../pictures/used-pictures.ts';
import type { AssetSource } from '../source/sources.ts';

/** Pictures as they are published. */
export interface MadePictures {
  /** Other sizes and formats, with their addresses. */
  readonly variants: readonly { readonly address: string; readonly made: AssetSource }[];
  /** What stands in for a picture at its own address, by that address. */
  readonly instead: ReadonlyMap<string, AssetSource>;
}

/**
 * Makes what the pages of a site show of its pictures, and a bare copy of each that may not be published as it is.
 *
 * @throws PICTURE_BROKEN, SOURCE_CHANGED
 */
export async function* makePictures(
  { files }: Site,
  pages: PicturesOfPages,
  maker: PictureMaker,
): Work<MadePictures> {
  if (!files.hasRasters) return { variants: [], instead: new Map() };
  const variants = variantsFor(pages, files);
  const bare = files.published.flatMap(({ address }) => files.picture(address)?.bare ?? []);
  const wanted = [...variants, ...bare];
  const made = wanted.length > 0 ? yield* maker.make(wanted) : undefined;
  const madeOf = ({ key, address }: Variant): AssetSource => {
    const file = made?.get(key);
    if (!file) throw new TypeError(`${address} was not made.`);
    return file;
  };
  return {
    variants: variants.map((one) => ({ address: one.address, made: madeOf(one) })),
    instead: new Map(bare.map((one) => [one.address, madeOf(one)])),
  };
}
