import { execa } from 'execa';
import { fail } from '../../core/errors/index.ts';
import { lastLines } from './last-lines.ts';

export interface GeneratorRun {
  readonly client: string;
  /** The program and its words. No shell reads them. */
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Seconds that it may take. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/**
 * Runs a site's own generator to its end. When its time is over, or sec is stopped, it is killed with every
 * process that it started; what it wrote is a copy's, so nothing is lost.
 *
 * @throws GENERATOR_MISSING, GENERATOR_FAILED, GENERATOR_TIMEOUT; the signal's reason
 */
export async function runGenerator(run: GeneratorRun): Promise<void> {
  const { client, cwd, timeout, signal } = run;
  const [program = '', ...words] = run.command;
  signal.throwIfAborted();
  const child = execa(program, words, {
    cwd,
    env: run.env,
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    buffer: false,
    reject: false,
    detached: process.platform !== 'win32',
  });
  const output = lastLines(cwd);
  child.all.setEncoding('utf8').on('data', output.add);
  let isLate = false;
  const kill = () => killAll(child);
  const timer = setTimeout(() => {
    isLate = true;
    kill();
  }, timeout * 1000);
  signal.addEventListener('abort', kill, { once: true });
  process.once('exit', kill);
  const ended = await child.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', kill);
    process.off('exit', kill);
    kill();
  });
  signal.throwIfAborted();
  const command = run.command.join(' ');
  if (isLate) throw fail('GENERATOR_TIMEOUT', { client, command, seconds: timeout, output: output.lines() });
  if (!ended.failed) return;
  if (child.pid === undefined) throw fail('GENERATOR_MISSING', { client, program }, ended);
  const exitCode = ended.exitCode === undefined ? `signal ${ended.signal}` : `exit code ${ended.exitCode}`;
  throw fail('GENERATOR_FAILED', { client, command, exitCode, output: output.lines() });
}

/** Ends a process and all of its group. Windows has no groups: there it is the process alone. */
function killAll(child: { readonly pid?: number | undefined; kill(signal: 'SIGKILL'): boolean }): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
