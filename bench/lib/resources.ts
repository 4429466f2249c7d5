import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a Node process used from its start to its end. */
export interface Resources {
  readonly wallMs: number;
  /** Of all its threads, in the program and in the system. */
  readonly cpuMs: number;
  /** Most memory that it had at once (resident). */
  readonly peakBytes: number;
}

const probe = (answer: string) => `import { isMainThread } from 'node:worker_threads';
import { writeFileSync } from 'node:fs';
if (isMainThread)
  process.on('exit', () => writeFileSync(${JSON.stringify(answer)}, JSON.stringify(process.resourceUsage())));
`;

/** Runs a Node process and asks the system what it used. @throws where it does not end with 0 */
export function resourcesOf(args: readonly string[], cwd: string): Resources {
  const dir = mkdtempSync(join(tmpdir(), 'sec-bench-'));
  const answer = join(dir, 'answer');
  try {
    writeFileSync(join(dir, 'probe.mjs'), probe(answer));
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, ['--import', join(dir, 'probe.mjs'), ...args], {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    });
    const wallMs = performance.now() - start;
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
    const used = JSON.parse(readFileSync(answer, 'utf8')) as NodeJS.ResourceUsage;
    return {
      wallMs,
      cpuMs: (used.userCPUTime + used.systemCPUTime) / 1000,
      peakBytes: used.maxRSS * 1024,
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
