import type { Digest } from '../../core/digest.ts';
import type { Work } from '../../core/progress.ts';
import type { AssetSource, RasterFormat } from '../source/sources.ts';

/** A picture in one size and format, before it is made. */
export interface Variant {
  /** Names its bytes: what it is made of, into what, and by which program. */
  readonly key: Digest;
  /** Its address on the site. */
  readonly address: string;
  readonly source: AssetSource;
  readonly format: RasterFormat;
  /** Pixels. */
  readonly width: number;
}

/** Makes pictures in other sizes and formats, and keeps what it made. */
export interface PictureMaker {
  /**
   * Each variant as a file, by its key. What was made before is not made again.
   *
   * @throws PICTURE_BROKEN for a picture that cannot be read to its end, SOURCE_CHANGED
   */
  make(wanted: readonly Variant[]): Work<ReadonlyMap<Digest, AssetSource>>;
}
