import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Started with this in front, a server is told of a file that may not grow, where it would else be ended. */
export const onFullDisk = (command: string, args: readonly string[]): [string, string[]] => [
  '/bin/sh',
  ['-c', 'trap "" XFSZ; exec "$0" "$@"', command, ...args],
];

/**
 * From now on no file can be written by a server or any process that it starts, as on a full disk
 * (RLIMIT_FSIZE, getrlimit(2)).
 */
export const fillDisk = (pid: number): void => limitFiles(pid, '0');
export const freeDisk = (pid: number): void => limitFiles(pid, 'unlimited');

function limitFiles(pid: number, size: string): void {
  // Twice: the first time may miss a process that was just being started.
  for (const one of [...family(pid), ...family(pid)])
    try {
      execFileSync('prlimit', ['--pid', String(one), `--fsize=${size}:`], { stdio: 'ignore' });
    } catch {
      // It has ended meanwhile.
    }
}

/** A process and all that came from it. */
function family(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const parent = parentOf(name);
      return parent === undefined ? [] : [[Number(name), parent] as const];
    });
  const found = [pid];
  for (const one of found)
    found.push(...parents.flatMap(([child, parent]) => (parent === one ? [child] : [])));
  return found;
}

function parentOf(name: string): number | undefined {
  try {
    // The name of the program, in brackets, may hold anything (proc_pid_stat(5)).
    return Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return undefined;
  }
}
