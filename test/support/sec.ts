import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
/** What ships, where `npm test` has just built it; straight from src/ otherwise. */
const bin = join(root, process.env.SEC_TEST_BIN ?? 'bin/dev.js');

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as JSON. Throws where it is not exactly one JSON value. */
  json<T = Record<string, unknown>>(): T;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
}

/** The words of the real command line, from src/, and what it runs in. */
export function secCommand(args: readonly string[], { cwd = root, env = {} }: RunOptions) {
  const clean: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1', ...env };
  for (const name of ['FORCE_COLOR', 'VITEST', 'NODE_ENV', 'SEC_WORKSPACE'])
    if (!(name in env)) delete clean[name];
  return { command: [process.execPath, bin, ...args], env: clean, cwd };
}

/** Runs it in a process of its own without a terminal. */
export function sec(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { input = '' } = options;
  const { command, env, cwd } = secCommand(args, options);
  const [program = '', ...words] = command;
  const child = spawn(program, words, { cwd, env });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  // A command that reads no input may be gone before it is written.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => done({ code, stdout, stderr, json: () => JSON.parse(stdout) }));
  });
}
