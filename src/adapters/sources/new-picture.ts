import { constants, copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AddedPicture } from '../../site/edit/pending-sources.ts';

/** A picture that was made ready in sec's own scratch folder. */
export interface NewPicture extends AddedPicture {
  /** Absolute path where it belongs. */
  readonly target: string;
}

/**
 * Puts pictures where they belong, never over another file, and does what counts on them; where that fails, they
 * are taken away again.
 *
 * @throws the system's error, and what `then` throws
 */
export function withPictures(pictures: readonly NewPicture[], then: () => void): void {
  const put: string[] = [];
  try {
    for (const { source, target } of pictures) {
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(source.location, target, constants.COPYFILE_EXCL);
      put.push(target);
    }
    then();
  } catch (error) {
    for (const target of put) rmSync(target, { force: true });
    throw error;
  }
}
