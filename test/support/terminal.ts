import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { findProgram } from './programs.ts';
import { type RunOptions, secCommand } from './sec.ts';

/** The command line in a real terminal (a pseudo-terminal of script(1)), with somebody who types. */
export interface Terminal {
  /** Waits until something is on the screen, and gives all that came since the last wait, without colours. */
  sees(what: RegExp): Promise<string>;
  /** Types a line. */
  types(line: string): void;
  /** All that was ever shown, and the exit code. */
  readonly end: Promise<{ readonly code: number | null; readonly shown: string }>;
}

const PATIENCE_MS = 60_000;

export function secInTerminal(args: readonly string[], options: RunOptions = {}): Terminal {
  const { command, env, cwd } = secCommand(args, options);
  const line = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  const words = ['--quiet', '--flush', '--return', '--command', line, '/dev/null'];
  const child: ChildProcess = spawn(findProgram('script') ?? 'script', words, {
    cwd,
    // A person sits here, also where CI runs the tests.
    env: { ...env, CI: '', TERM: 'xterm', COLUMNS: '100' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let shown = '';
  let seen = 0;
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
  });
  return {
    async sees(what) {
      const until = performance.now() + PATIENCE_MS;
      for (;;) {
        const fresh = stripVTControlCharacters(shown.slice(seen));
        if (what.test(fresh)) {
          seen = shown.length;
          return fresh;
        }
        if (performance.now() > until || child.exitCode !== null)
          throw new Error(`The terminal never showed ${what}, but: ${fresh}`);
        await wait(50);
      }
    },
    types: (text) => void child.stdin?.write(`${text}\r`),
    end: once(child, 'close').then(([code]) => ({ code, shown })),
  };
}
