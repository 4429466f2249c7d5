import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { onTestFinished } from 'vitest';

const BIN = resolve(import.meta.dirname, '../..', process.env.SEC_TEST_BIN ?? 'bin/dev.js');

export interface WorkerProcess {
  readonly child: ChildProcess;
  /** Everything that it said so far. */
  said(): string;
  /** Resolves once it said this; rejects when it ends before. */
  says(words: string | RegExp): Promise<void>;
  /** Ends it by a signal. @returns its exit code */
  end(how: NodeJS.Signals): Promise<number | null>;
}

/** A real `sec worker`, waiting for campaigns; killed after the test where it still runs. */
export async function startWorker(
  dir: string,
  url: string,
  words: readonly string[] = [],
): Promise<WorkerProcess> {
  const env = { ...process.env, NO_COLOR: '1', SEC_LEDGER_URL: url };
  const child = spawn(process.execPath, [BIN, 'worker', ...words], { cwd: dir, env });
  let text = '';
  const heard = new Set<() => void>();
  const hear = (chunk: Buffer) => {
    text += chunk;
    for (const each of heard) each();
  };
  child.stderr.on('data', hear);
  child.stdout.on('data', hear);
  const closed = once(child, 'close') as Promise<[number | null]>;
  const worker: WorkerProcess = {
    child,
    said: () => text,
    says: (wanted) =>
      new Promise((done, failed) => {
        const look = () => {
          if (!(typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text))) return;
          heard.delete(look);
          done();
        };
        heard.add(look);
        void closed.then(() => failed(new Error(`the worker ended: ${text}`)));
        look();
      }),
    async end(how) {
      child.kill(how);
      const [code] = await closed;
      return code;
    },
  };
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) await worker.end('SIGKILL');
  });
  await worker.says('Waiting for campaigns');
  return worker;
}
