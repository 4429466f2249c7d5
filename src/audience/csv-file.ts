import type { Digest } from '../core/digest.ts';

/** A CSV file as the audience reads it; the adapter found out its encoding and decodes it on the way. */
export interface CsvFile {
  /** As messages and results call it: relative to the workspace, or the file's bare name outside it. */
  readonly name: string;
  /** In plain words, such as `UTF-8` or `Windows-1257 (Baltic)`. */
  readonly encoding: string;
  /** Its text from the start, as UTF-8 without a byte order mark. Each call reads the file anew. */
  chunks(): AsyncIterable<Uint8Array>;
  /** SHA-256 of the file's own bytes as they were read; there once `chunks()` ran to its end. */
  digest(): Digest;
}
