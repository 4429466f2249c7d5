import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { findProgram } from './programs.ts';

export interface Postgres {
  /** `postgres://…` of a database of its own for each name. */
  database(name: string): string;
  /** Ends it as a power cut would, or in good order, and starts it again. */
  restart(how: 'SIGINT' | 'SIGQUIT'): Promise<void>;
  stop(): Promise<void>;
}

const NOBODY = 65_534;

/** A cluster of its own in a temporary folder, on a free port. PostgreSQL refuses root: then it runs as nobody. */
export async function startPostgres(): Promise<Postgres> {
  const dir = mkdtempSync(join(tmpdir(), 'sec-postgres-'));
  chmodSync(dir, 0o700);
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(dir, NOBODY, NOBODY);
  const as = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const program = (name: string) => findProgram(name) ?? name;
  const data = join(dir, 'data');
  const init = ['-D', data, '-U', 'sec', '--auth=trust', '--no-sync', '--locale=C.UTF-8'];
  execFileSync(program('initdb'), init, { ...as, stdio: 'ignore', cwd: '/' });
  const port = await freePort();
  const start = async () => {
    const words = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', dir];
    const server = spawn(program('postgres'), words, { ...as, stdio: 'ignore', cwd: '/' });
    for (let left = 200; left > 0; left--) {
      try {
        execFileSync(program('psql'), [url('postgres'), '-c', 'SELECT 1'], { stdio: 'ignore' });
        return server;
      } catch {
        await wait(50);
      }
    }
    throw new Error('postgres did not start');
  };
  const url = (name: string) => `postgres://sec@127.0.0.1:${port}/${name}`;
  let server = await start();
  const end = async (how: NodeJS.Signals) => {
    const closed = once(server, 'close');
    server.kill(how);
    await closed;
  };
  return {
    database(name) {
      execFileSync(program('psql'), [url('postgres'), '-c', `CREATE DATABASE "${name}"`], {
        stdio: 'ignore',
      });
      return url(name);
    },
    async restart(how) {
      await end(how);
      server = await start();
    },
    async stop() {
      await end('SIGQUIT');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
