import pc from 'picocolors';
import type { BuildResult } from '../../site/build.ts';
import { releaseBytes } from '../../site/release.ts';
import { count, duration, size } from './words.ts';

/** The result as `--json` prints it. */
export function buildJson(client: string, { release, pages, warnings, durationMs, nextChange }: BuildResult) {
  return {
    client,
    release: { digest: release.digest, files: release.files.size, bytes: releaseBytes(release) },
    pages,
    warnings,
    durationMs,
    ...(nextChange ? { nextChange } : {}),
  };
}

/** What was built, in a few lines. @param out the folder of `--out`, as the user wrote it */
export function buildView(result: BuildResult, out?: string): string {
  const { release, pages, durationMs, nextChange } = result;
  const unchanged = pages.reused > 0 ? ` (${pages.rendered} made anew, ${pages.reused} unchanged)` : '';
  const files = `${count(release.files.size, 'file')}, ${size(releaseBytes(release))}`;
  return [
    `${pc.green('✓')} ${count(pages.total, 'page')}${unchanged} in ${duration(durationMs)}: ${files}`,
    ...result.warnings.map((text) => `${pc.yellow('!')} ${text}`),
    `  release ${pc.bold(release.digest.slice(0, 12))}`,
    ...(out === undefined ? [] : [`  written to ${out}`]),
    ...(nextChange ? [`  changes by itself next at ${nextChange.replace('T', ' ').slice(0, 16)}`] : []),
  ].join('\n');
}
