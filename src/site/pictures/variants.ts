import { type Digest, sha256 } from '../../core/digest.ts';
import { slugify } from '../../core/slug.ts';
import type { AssetSource, RasterFormat } from '../source/sources.ts';
import type { Variant } from './picture-maker.ts';

/** What a page writes for a picture. Addresses are those of variants. */
export interface PictureSet {
  readonly width: number;
  readonly height: number;
  /** The best format first; a browser takes the first that it knows. */
  readonly sources: readonly { readonly type: string; readonly srcset: string }[];
  /** In the picture's own format, for browsers that know none of them. */
  readonly fallback: string;
}

/** A picture with all that may be made of it. */
export interface PicturePlan {
  readonly set: PictureSet | undefined;
  readonly shown: readonly Variant[];
  /** For shared links: a size and format that every network shows; undefined where the picture itself will do. */
  readonly shared: Variant | undefined;
  /** Stands in for the picture at its own address; undefined where the picture itself may stand there. */
  readonly bare: Variant | undefined;
}

/** Pixels: phones, phones with fine screens, tablets, desks. */
const WIDTHS = [400, 800, 1200, 1600, 2000];
/** A picture hardly wider than a step gets no step of its own. */
const NEARLY = 1.15;
/** Narrower ones are icons: there is nothing to save. */
const SMALLEST = 64;
const FALLBACK_WIDTH = 1200;
const SHARED_WIDTH = 1200;

const types = { jpg: 'image/jpeg', png: 'image/png', webp: 'image/webp', avif: 'image/avif' } as const;

/** What is made of a picture, and under which names: equal bytes of a source give equal names. */
export function planPicture(source: AssetSource, address: string): PicturePlan | undefined {
  const { raster, dimensions } = source;
  if (!raster || !dimensions) return undefined;
  const { width, height } = dimensions;
  const variant = (format: RasterFormat, wide: number): Variant => {
    const key = variantKey(source.sha256, raster.encoder, format, wide);
    return { key, address: variantAddress(address, wide, key, format), source, format, width: wide };
  };
  const own = raster.format;
  const isSharable = raster.isBare && (own === 'jpg' || own === 'png') && width <= SHARED_WIDTH * NEARLY;
  const ends = {
    shared: isSharable ? undefined : variant(own === 'png' ? 'png' : 'jpg', Math.min(width, SHARED_WIDTH)),
    bare: raster.isBare ? undefined : { ...variant(own, width), address },
  };
  if (width < SMALLEST) return { set: undefined, shown: [], ...ends };
  const widths = widthsOf(width);
  const formats = (['avif', 'webp'] as const).filter((format) => format === 'avif' || own !== 'avif');
  const rows = formats.map((format) => widths.map((wide) => variant(format, wide)));
  const fallback = variant(own, widths.findLast((wide) => wide <= FALLBACK_WIDTH) ?? Math.min(...widths));
  const set = {
    width,
    height,
    sources: rows.map((row, n) => ({
      type: types[formats[n] ?? own],
      srcset: row.map((one) => `${one.address} ${one.width}w`).join(', '),
    })),
    fallback: fallback.address,
  };
  return { set, shown: distinct([...rows.flat(), fallback]), ...ends };
}

/** Never above the picture's own width. */
function widthsOf(width: number): number[] {
  const widths = WIDTHS.filter((wide) => wide <= width);
  const widest = widths.at(-1) ?? 0;
  if (widest < (WIDTHS.at(-1) ?? 0) && width > widest * NEARLY) widths.push(width);
  return widths;
}

const variantKey = (source: Digest, encoder: string, format: RasterFormat, width: number): Digest =>
  sha256(JSON.stringify([encoder, source, format, width]));

function variantAddress(address: string, width: number, key: Digest, format: RasterFormat): string {
  const stem = slugify(address.slice(address.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '')) || 'picture';
  return `/assets/pictures/${stem}-${width}.${key.slice(0, 12)}.${format}`;
}

const distinct = (variants: readonly Variant[]) => [
  ...new Map(variants.map((one) => [one.address, one])).values(),
];
