import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Most memory that a Node process had at once, in bytes. @throws where it does not end with 0 */
export function peakMemory(args: readonly string[], cwd: string): number {
  const dir = mkdtempSync(join(tmpdir(), 'sec-bench-'));
  const probe = join(dir, 'probe.mjs');
  const answer = join(dir, 'answer');
  try {
    writeFileSync(
      probe,
      `import { isMainThread } from 'node:worker_threads';
import { writeFileSync } from 'node:fs';
if (isMainThread)
  process.on('exit', () => writeFileSync(${JSON.stringify(answer)}, String(process.resourceUsage().maxRSS)));
`,
    );
    const { status, stderr } = spawnSync(process.execPath, ['--import', probe, ...args], {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
    return Number(readFileSync(answer, 'utf8')) * 1024;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
