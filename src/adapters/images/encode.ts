import { readFileSync } from 'node:fs';
import type { Sharp } from 'sharp';
import { sha256 } from '../../core/digest.ts';
import { fail, isSecError } from '../../core/errors/index.ts';
import type { Variant } from '../../site/pictures/picture-maker.ts';
import type { AssetSource, RasterFormat } from '../../site/source/sources.ts';

/** How each format is written: as small as can be without a person seeing it, and not slower than it is worth. */
const writers: Readonly<Record<RasterFormat, (picture: Sharp) => Sharp>> = {
  jpg: (picture) => picture.flatten({ background: '#fff' }).jpeg({ quality: 82, mozjpeg: true }),
  png: (picture) => picture.png({ compressionLevel: 9 }),
  webp: (picture) => picture.webp({ quality: 80, effort: 4 }),
  avif: (picture) => picture.avif({ quality: 55, effort: 3 }),
};

/**
 * One picture in another size and format: upright, in sRGB, without anything but its pixels.
 *
 * @throws PICTURE_BROKEN for a picture that cannot be read to its end, SOURCE_CHANGED
 */
export async function encode({ source, format, width }: Variant): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  try {
    const upright = sharp(readChecked(source), { failOn: 'error', limitInputPixels: false })
      .autoOrient()
      .resize({ width, withoutEnlargement: true })
      .toColourspace('srgb');
    return await writers[format](upright).toBuffer();
  } catch (error) {
    if (isSecError(error) || (error instanceof Error && 'code' in error)) throw error;
    throw fail(
      'PICTURE_BROKEN',
      { file: source.file, problem: 'the picture is damaged, and cannot be read to its end' },
      error,
    );
  }
}

function readChecked({ location, file, sha256: expected }: AssetSource): Buffer {
  const bytes = readFileSync(location);
  if (sha256(bytes) !== expected) throw fail('SOURCE_CHANGED', { file });
  return bytes;
}
