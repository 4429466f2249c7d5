import { performance } from 'node:perf_hooks';
import { type ProgressEvent, tick } from '../../../core/progress.ts';
import type { Manifest } from '../../../publish/index.ts';
import { rateMeter } from './rate.ts';

/** The uploads of a publication, and what the manifest says of them. */
export interface Uploads {
  readonly uploads: readonly string[];
  readonly manifest: Manifest;
}

/**
 * Tells of each upload that is done: how many of all, how fast, and how long the rest will take.
 *
 * @param done those that were brought before
 */
export function uploadTicks(
  { uploads, manifest }: Uploads,
  done: readonly string[] = [],
): (path: string) => ProgressEvent {
  const sizeOf = (path: string) => manifest.files[path]?.size ?? 0;
  const bytes = (paths: readonly string[]) => paths.reduce((sum, path) => sum + sizeOf(path), 0);
  const rate = rateMeter(bytes(uploads) - bytes(done), () => performance.now());
  let count = done.length;
  return (path) => {
    count += 1;
    const speed = rate(sizeOf(path));
    return tick(count, uploads.length, speed === '' ? path : `${speed}, ${path}`);
  };
}
