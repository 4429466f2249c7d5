import type { SiteFiles } from '../collect/files.ts';
import type { Dimensions } from '../source/sources.ts';

/** A picture for shared links. Pixels where they are known. */
export interface SharedPicture {
  readonly src: string;
  readonly width?: number;
  readonly height?: number;
}

/** The picture that a shared link shows: a size and format that every network takes. */
export function sharedPicture(files: SiteFiles, address: string): SharedPicture | undefined {
  const size = files.dimensions(address);
  if (!size) return undefined;
  const shared = files.picture(address)?.shared;
  if (!shared) return { src: address, ...size };
  return { src: shared.address, width: shared.width, height: scaled(size, shared.width) };
}

/** The height of a picture at another width. */
const scaled = ({ width, height }: Dimensions, wide: number) =>
  Math.max(1, Math.round((height * wide) / width));
