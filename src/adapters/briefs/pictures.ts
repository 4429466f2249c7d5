import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, extname, join, sep } from 'node:path';
import type { Picture } from '../../campaign/picture.ts';
import { sha256 } from '../../core/digest.ts';

const types: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.gif': 'image/gif',
};
const heaviest = 1_000_000;

/**
 * Reads a picture of a campaign's folder, with its size.
 *
 * @param dir absolute path of the campaign's folder; nothing outside it is read
 * @param src as the brief writes it: `images/cake.jpg`
 * @param domain the client's, for the picture's Content-ID (RFC 2392)
 * @returns the picture, or why it cannot be used, as the end of a sentence
 */
export async function readPicture(dir: string, src: string, domain: string): Promise<Picture | string> {
  const content = readPictureFile(dir, src);
  if (typeof content === 'string') return content;
  const size = await sizeOf(content);
  if (size === undefined) return 'cannot be read as a picture';
  return {
    filename: basename(src),
    contentType: types[extname(src).toLowerCase()] ?? 'application/octet-stream',
    content,
    ...size,
    cid: `${sha256(content).slice(0, 24)}@${domain}`,
  };
}

/** The same without a look at what is in the file: its bytes, or why it cannot be used. */
export function readPictureFile(dir: string, src: string): Uint8Array | string {
  const path = join(dir, src);
  if (!existsSync(path)) return "is not in the campaign's folder";
  if (!realpathSync(path).startsWith(realpathSync(dir) + sep)) return "lies outside the campaign's folder";
  if (!statSync(path).isFile()) return 'is not a file';
  const extension = extname(path).toLowerCase();
  if (!types[extension])
    return `is of a kind that mail programs do not show (${extension || 'no extension'})`;
  const content = readFileSync(path);
  return content.length > heaviest ? `weighs ${(content.length / 1e6).toFixed(1)} MB` : content;
}

/** As it is shown: a phone's picture may lie on its side and carry a note to turn it. */
async function sizeOf(content: Uint8Array): Promise<{ width: number; height: number } | undefined> {
  const { default: sharp } = await import('sharp');
  try {
    const { width, height, orientation = 1 } = await sharp(content).metadata();
    return orientation > 4 ? { width: height, height: width } : { width, height };
  } catch {
    return undefined;
  }
}
