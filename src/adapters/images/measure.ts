import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metadata } from 'sharp';
import type { Digest } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import type { AssetSource, Dimensions, Raster, RasterFormat } from '../../site/source/sources.ts';
import { writeFileAtomic } from '../files/atomic.ts';
import { encoderVersion } from './encoder-version.ts';

/** Adds to a file that is a picture what is known of it. */
export type Measure = (asset: AssetSource) => Promise<AssetSource>;

type Measured = Dimensions & { readonly raster?: Omit<Raster, 'encoder'> };
type MeasuredPictures = Record<Digest, Measured | null>;

const PICTURE = /\.(jpe?g|png|gif|webp|avif|svg)$/i;
/** More is a mistake, or meant to exhaust the machine. */
const MOST_PIXELS = 100_000_000;
/** So many measures of pictures that are not there any more are kept at most. */
const SPARE = 1_000;

const formats: Readonly<Record<string, RasterFormat>> = { jpeg: 'jpg', png: 'png', webp: 'webp' };

/**
 * Measures pictures by their content, once: what was measured is kept by content hash in `dir`. sharp is loaded
 * only when there is a new picture.
 *
 * @throws PICTURE_BROKEN from `measure`, for one that would exhaust the machine
 */
export function pictureMeasure(dir: string): { readonly measure: Measure; readonly save: () => void } {
  const file = join(dir, 'pictures.json');
  let kept: { encoder: string; known: MeasuredPictures } | undefined;
  const used = new Set<Digest>();
  let isNew = false;
  return {
    async measure(asset) {
      if (!PICTURE.test(asset.path)) return asset;
      kept ??= readKnown(file, encoderVersion());
      const { known, encoder } = kept;
      used.add(asset.sha256);
      if (!Object.hasOwn(known, asset.sha256)) {
        known[asset.sha256] = await measured(asset.location);
        isNew = true;
      }
      const found = known[asset.sha256];
      if (!found) return asset;
      const { raster, ...dimensions } = found;
      if (raster && dimensions.width * dimensions.height > MOST_PIXELS)
        throw fail('PICTURE_BROKEN', {
          file: asset.file,
          problem: `the picture has ${dimensions.width} × ${dimensions.height} pixels, which is more than sec takes (100 million)`,
        });
      return { ...asset, dimensions, ...(raster ? { raster: { ...raster, encoder } } : {}) };
    },
    save() {
      if (!isNew || !kept) return;
      const all = Object.entries(kept.known);
      const known = all.length > used.size + SPARE ? all.filter(([sha256]) => used.has(sha256)) : all;
      writeFileAtomic(file, JSON.stringify({ ...kept, known: Object.fromEntries(known) }));
    },
  };
}

/** In pixels, upright (a camera's orientation applied); `null` for what cannot be read as a picture. */
async function measured(location: string): Promise<Measured | null> {
  const { default: sharp } = await import('sharp');
  try {
    const about = await sharp(location, { limitInputPixels: false }).metadata();
    const { width, height, orientation = 1 } = about;
    const size = orientation >= 5 ? { width: height, height: width } : { width, height };
    const format = about.format === 'heif' && about.compression === 'av1' ? 'avif' : formats[about.format];
    return format && (about.pages ?? 1) === 1 ? { ...size, raster: { format, isBare: isBare(about) } } : size;
  } catch {
    return null;
  }
}

/** Upright, in a screen's colours, and without what a camera or a program wrote into it: the place above all. */
const isBare = ({ orientation = 1, exif, iptc, xmp, tifftagPhotoshop, comments, space }: Metadata) =>
  orientation === 1 &&
  !exif &&
  !iptc &&
  !xmp &&
  !tifftagPhotoshop &&
  (comments ?? []).length === 0 &&
  space !== 'cmyk';

function readKnown(file: string, encoder: string): { encoder: string; known: MeasuredPictures } {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8'));
    if (kept.encoder === encoder) return kept;
  } catch {}
  return { encoder, known: {} };
}
