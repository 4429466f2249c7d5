import type { Host } from '../../src/publish/index.ts';
import { claim, type Files, releaseIn, runPublication, type TestRelease } from './publication.ts';
import { temporaryFolder } from './temporary-folder.ts';

export { claim, type Files, plannedRelease, type TestRelease, testClock } from './publication.ts';

/** A release with its bytes on disk, for the length of a test. */
export const release = (files: Files, client = 'kaldi'): TestRelease =>
  releaseIn(temporaryFolder(), files, client);

let runs = 0;

/** Publishes files as a release of their own, each time as another run. @param puttingBack see `runPublication` */
export function publishTo(host: Host, files: Files | TestRelease, puttingBack = false) {
  runs += 1;
  return runPublication(host, isRelease(files) ? files : release(files), claim(`run-${runs}`), puttingBack);
}

const isRelease = (value: Files | TestRelease): value is TestRelease => value.files instanceof Map;
