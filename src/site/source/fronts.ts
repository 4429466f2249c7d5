import type { Digest } from '../../core/digest.ts';

/** What is kept of a text that was read before. */
export interface Front {
  /** The fields as YAML gives them. */
  readonly fields: unknown;
  readonly bodyLine: number;
  /** Where the body begins, in UTF-16 units. */
  readonly bodyStart: number;
}

/** Fields by the hash of the text that they stand in. */
export interface Fronts {
  get(sha256: Digest): Front | undefined;
  set(sha256: Digest, front: Front): void;
}
