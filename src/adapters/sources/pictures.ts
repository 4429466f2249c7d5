import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AssetSource, Dimensions } from '../../site/source/sources.ts';
import { writeFileAtomic } from '../files/atomic.ts';

/** Adds width and height to a file that is a picture. */
export type Measure = (asset: AssetSource) => Promise<AssetSource>;

const PICTURE = /\.(jpe?g|png|gif|webp|avif|svg)$/i;

/**
 * Measures pictures by their content, once: what was measured is kept by content hash in `dir`. sharp is loaded
 * only when there is a new picture.
 */
export function pictureMeasure(dir: string): { readonly measure: Measure; readonly save: () => void } {
  const file = join(dir, 'pictures.json');
  const known: Record<string, Dimensions | null> = readKnown(file);
  let isNew = false;
  return {
    async measure(asset) {
      if (!PICTURE.test(asset.path)) return asset;
      if (!Object.hasOwn(known, asset.sha256)) {
        known[asset.sha256] = await dimensionsOf(asset.location);
        isNew = true;
      }
      const dimensions = known[asset.sha256];
      return dimensions ? { ...asset, dimensions } : asset;
    },
    save() {
      if (isNew) writeFileAtomic(file, JSON.stringify(known));
    },
  };
}

/** In pixels, upright (a camera's orientation applied); `null` for what cannot be read as a picture. */
async function dimensionsOf(location: string): Promise<Dimensions | null> {
  const { default: sharp } = await import('sharp');
  try {
    const { width, height, orientation = 1 } = await sharp(location).metadata();
    return orientation >= 5 ? { width: height, height: width } : { width, height };
  } catch {
    return null;
  }
}

function readKnown(file: string): Record<string, Dimensions | null> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
