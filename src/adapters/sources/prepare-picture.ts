import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Metadata, Sharp } from 'sharp';
import { type Digest, sha256 } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import { privateFolder, writeFileAtomic } from '../files/atomic.ts';

/** A picture ready for the site, in sec's own scratch folder. */
export interface PreparedPicture {
  readonly location: string;
  readonly sha256: Digest;
  /** Bytes. */
  readonly size: number;
  readonly width: number;
  readonly height: number;
  /** `.jpg`, by what the picture is and not by what its file was called. */
  readonly ending: string;
}

/** Pixels of the longer side; what a screen of the largest usual width shows in full sharpness. */
const LONGEST = 2000;
const LARGEST_FILE = 50_000_000;
/** About 100 million pixels: more is a mistake, or meant to exhaust the machine. */
const MOST_PIXELS = 100_000_000;
interface Form {
  readonly ending: string;
  write(picture: Sharp): Sharp;
}
const jpeg: Form = { ending: '.jpg', write: (picture) => picture.jpeg({ mozjpeg: true, quality: 82 }) };
const png: Form = { ending: '.png', write: (picture) => picture.png() };
const kept: Readonly<Record<string, Form>> = {
  jpeg,
  png,
  webp: { ending: '.webp', write: (picture) => picture.webp() },
  avif: { ending: '.avif', write: (picture) => picture.avif() },
};

/**
 * Makes a photo ready for a site: upright, at most 2000 pixels long, and without what a camera writes into it,
 * the place where it was taken above all.
 *
 * @param name what errors call the file
 * @throws IMAGE_UNUSABLE for what is no picture by its content, and for a file that is not there
 */
export async function preparePicture(
  file: string,
  { name, scratch }: { readonly name: string; readonly scratch: string },
): Promise<PreparedPicture> {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw fail('IMAGE_UNUSABLE', { picture: name, problem: 'there is no such file' });
  if (stat.size > LARGEST_FILE)
    throw fail('IMAGE_UNUSABLE', { picture: name, problem: 'the file has more than 50 MB' });
  const { default: sharp } = await import('sharp');
  const bytes = readFileSync(file);
  const options = { limitInputPixels: MOST_PIXELS, failOn: 'error' } as const;
  try {
    const about = await sharp(bytes, options).metadata();
    const problem = refusal(about);
    if (problem) throw fail('IMAGE_UNUSABLE', { picture: name, problem });
    const format = about.format === 'heif' && about.compression === 'av1' ? 'avif' : about.format;
    const { ending, write } = kept[format] ?? (about.hasAlpha ? png : jpeg);
    const upright = sharp(bytes, options)
      .autoOrient()
      .resize({ width: LONGEST, height: LONGEST, fit: 'inside', withoutEnlargement: true });
    const { data, info } = await write(upright).toBuffer({ resolveWithObject: true });
    const digest = sha256(data);
    const location = join(privateFolder(scratch), `${digest}${ending}`);
    writeFileAtomic(location, data, 0o644);
    return { location, sha256: digest, size: data.length, width: info.width, height: info.height, ending };
  } catch (error) {
    if (!(error instanceof Error) || 'code' in error) throw error;
    const problem = /pixel limit/i.test(error.message)
      ? 'it has more than 100 million pixels'
      : 'this is no picture, or a damaged one';
    throw fail('IMAGE_UNUSABLE', { picture: name, problem }, error);
  }
}

function refusal({ format, pages }: Metadata): string | undefined {
  if (format === 'svg') return 'it is a drawing (SVG), which can carry programs; only photos are taken here';
  if (format === 'pdf') return 'it is a document (PDF), not a picture';
  return (pages ?? 1) > 1 && format !== 'heif' && format !== 'tiff'
    ? 'it is an animation; only still pictures are taken here'
    : undefined;
}
