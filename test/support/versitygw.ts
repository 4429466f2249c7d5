import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsClient } from 'aws4fetch';
import { findProgram } from './programs.ts';
import { freePort, startServer } from './server-process.ts';

/** An object store that speaks the S3 protocol with conditional writes (github.com/versity/versitygw). */
const VERSION = 'v1.8.0';
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), `sec-tests/versitygw-${VERSION}`);

/**
 * The program, built from the Go module proxy at the first call on a machine; undefined where it can be neither
 * found nor built, which a line then says.
 */
export function versitygw(): string | undefined {
  const built = join(cache, 'versitygw');
  if (existsSync(built)) return built;
  const go = findProgram('go') ?? ['/usr/local/go/bin/go'].find((path) => existsSync(path));
  const leftOut = (why: string) => console.warn(`Left out: object stores, because versitygw ${why}.`);
  if (go === undefined) {
    leftOut('is not on this machine and there is no Go to build it with');
    return undefined;
  }
  mkdirSync(cache, { recursive: true });
  try {
    const env = { ...process.env, GOBIN: cache, GOFLAGS: '-mod=mod', CGO_ENABLED: '0' };
    execFileSync(go, ['install', `github.com/versity/versitygw/cmd/versitygw@${VERSION}`], {
      env,
      stdio: 'ignore',
      timeout: 900_000,
    });
    return built;
  } catch {
    leftOut('could not be built from the Go module proxy');
    return undefined;
  }
}

export interface S3Server {
  readonly port: number;
  readonly endpoint: string;
  readonly keys: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Makes a bucket, and a hand that reaches into it. */
  bucket(name: string): Promise<Bucket>;
  stop(): Promise<void>;
}

export interface Bucket {
  readonly name: string;
  /** Texts by key, of all keys. */
  texts(): Promise<Record<string, string>>;
  put(key: string, text: string): Promise<void>;
  remove(key: string): Promise<void>;
  /** What a browser is told. */
  headers(key: string): Promise<Headers>;
}

/** Starts the program on loopback with buckets in a folder of its own. */
export async function startS3(program: string): Promise<S3Server> {
  const dir = mkdtempSync(join(tmpdir(), 'sec-s3-'));
  const port = await freePort();
  const keys = { accessKeyId: 'test', secretAccessKey: 'test-secret' };
  const words = [
    '--port',
    `127.0.0.1:${port}`,
    '--access',
    keys.accessKeyId,
    '--secret',
    keys.secretAccessKey,
  ];
  const server = await startServer(program, [...words, '--quiet', 'posix', dir], { port });
  const endpoint = `http://127.0.0.1:${port}`;
  const aws = new AwsClient({ ...keys, service: 's3', region: 'us-east-1', retries: 0 });
  const ask = async (method: string, path: string, body?: string) => {
    const response = await aws.fetch(`${endpoint}/${path}`, {
      method,
      ...(body === undefined ? {} : { body }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  return {
    port,
    endpoint,
    keys,
    async bucket(name) {
      await ask('PUT', name);
      const at = (key: string) => `${name}/${key.split('/').map(encodeURIComponent).join('/')}`;
      return {
        name,
        async texts() {
          const list = await (await ask('GET', `${name}?list-type=2&encoding-type=url`)).text();
          const found = [...list.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) =>
            decodeURIComponent(key.replaceAll('&amp;', '&').replaceAll('+', '%20')),
          );
          const texts = await Promise.all(
            found.map(async (key) => [key, await (await ask('GET', at(key))).text()] as const),
          );
          return Object.fromEntries(texts);
        },
        put: async (key, text) => void (await ask('PUT', at(key), text)),
        remove: async (key) => void (await ask('DELETE', at(key))),
        headers: async (key) => (await ask('HEAD', at(key))).headers,
      };
    },
    async stop() {
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
