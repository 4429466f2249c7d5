import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../test/support/free-port.ts';
import { startPostgres } from '../../test/support/postgres.ts';
import { findProgram } from '../../test/support/programs.ts';

/** A listmonk of its own, with a PostgreSQL of its own, both on the loopback. */
export interface ListmonkServer {
  /** Calls its API (https://listmonk.app/docs/apis/apis/). @returns what stands under `data` in the answer */
  call(method: string, path: string, body?: object | FormData): Promise<unknown>;
  stop(): Promise<void>;
}

const USER = 'bench';
const CONNECTIONS = 10;

/** As fast as it goes: no limit to the rate, thousands fetched at once, more connections than the others have. */
const settings = (smtp: URL): Readonly<Record<string, unknown>> => ({
  'app.concurrency': CONNECTIONS,
  'app.message_rate': 1_000_000,
  'app.batch_size': 5000,
  'app.check_updates': false,
  'app.notify_emails': [],
  smtp: [
    {
      ...{ enabled: true, host: smtp.hostname, port: Number(smtp.port), hello_hostname: 'bench.example' },
      ...{ auth_protocol: 'none', username: '', password: '', tls_type: 'none', tls_skip_verify: false },
      ...{ max_conns: CONNECTIONS, idle_timeout: '15s', wait_timeout: '30s', max_msg_retries: 2 },
      ...{ msg_retry_delay: '10ms', email_headers: [], from_addresses: [] },
    },
  ],
});

/** The listmonk on the PATH, `v6.2.0`; undefined where there is none, or no PostgreSQL for it. */
export function findListmonk(): string | undefined {
  if (findProgram('initdb') === undefined) return undefined;
  const { status, stdout } = spawnSync('listmonk', ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim().split(/\s/)[0] : undefined;
}

export async function startListmonk(smtp: URL): Promise<ListmonkServer> {
  const dir = mkdtempSync(join(tmpdir(), 'sec-bench-'));
  const postgres = await startPostgres();
  let server: ChildProcess | undefined;
  const stop = async () => {
    if (server && server.exitCode === null) {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    }
    await postgres.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    const database = new URL(postgres.database('listmonk'));
    const port = await freePort();
    const config = join(dir, 'config.toml');
    writeFileSync(config, configFor(port, database));
    const token = install(config);
    change(database, settings(smtp));
    server = spawn('listmonk', ['--config', config], { stdio: 'ignore' });
    const call = caller(`http://127.0.0.1:${port}/api`, `token ${USER}:${token}`);
    for (let left = 200; ; left--) {
      const isUp = await call('GET', '/health').then(
        () => true,
        () => false,
      );
      if (isUp) return { call, stop };
      if (left === 0 || server.exitCode !== null) throw new Error('listmonk did not start.');
      await wait(50);
    }
  } catch (error) {
    await stop();
    throw error;
  }
}

const configFor = (port: number, { hostname, port: dbPort, username, pathname }: URL) => `[app]
address = "127.0.0.1:${port}"
[db]
host = "${hostname}"
port = ${dbPort}
user = "${username}"
password = "none"
database = "${pathname.slice(1)}"
ssl_mode = "disable"
max_open = 25
max_idle = 25
max_lifetime = "300s"
`;

/** Makes its tables, and a user for the API. @returns the user's token */
function install(config: string): string {
  const env = {
    ...process.env,
    LISTMONK_ADMIN_USER: 'administrator',
    LISTMONK_ADMIN_PASSWORD: 'only-for-the-bench',
    LISTMONK_ADMIN_API_USER: USER,
  };
  const { stderr } = spawnSync('listmonk', ['--config', config, '--install', '--yes'], {
    env,
    encoding: 'utf8',
  });
  const [, token] = /LISTMONK_ADMIN_API_TOKEN="([^"]+)"/.exec(stderr) ?? [];
  if (token === undefined) throw new Error(`listmonk could not be set up: ${stderr}`);
  return token;
}

function change(database: URL, values: Readonly<Record<string, unknown>>): void {
  const psql = findProgram('psql') ?? 'psql';
  const sql = Object.entries(values)
    .map(([key, value]) => `UPDATE settings SET value = '${JSON.stringify(value)}' WHERE key = '${key}';`)
    .join('\n');
  execFileSync(psql, [database.href, '-v', 'ON_ERROR_STOP=1', '-c', sql], { stdio: 'ignore' });
}

const caller =
  (api: string, authorization: string): ListmonkServer['call'] =>
  async (method, path, body) => {
    const isForm = body === undefined || body instanceof FormData;
    const answer = await fetch(api + path, {
      method,
      headers: { authorization, ...(isForm ? {} : { 'content-type': 'application/json' }) },
      body: isForm ? (body ?? null) : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`listmonk: ${method} ${path}: ${answer.status} ${await answer.text()}`);
    return ((await answer.json()) as { readonly data: unknown }).data;
  };
