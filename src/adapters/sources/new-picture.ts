import { constants, copyFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AddedPicture } from '../../site/edit/pending-sources.ts';

/** A picture that was made ready in sec's own scratch folder. */
export interface NewPicture extends AddedPicture {
  /** Absolute path where it belongs. */
  readonly target: string;
}

/** Puts a picture where it belongs. Never over another file. @throws the system's error */
export function putPicture({ source, target }: NewPicture): void {
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(source.location, target, constants.COPYFILE_EXCL);
}
