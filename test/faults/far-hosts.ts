import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bareRepository } from '../support/bare-repository.ts';
import { startNetlify } from '../support/netlify-endpoint.ts';
import { type Proxy, startProxy } from '../support/proxy.ts';
import type { Files } from '../support/publication.ts';
import { startSshd } from '../support/sshd.ts';
import { startS3 } from '../support/versitygw.ts';
import type { FarPlace } from './far-place.ts';
import { theirs } from './sites.ts';

/** A real server behind a proxy that breaks connections, with one client's site on it. */
export interface FarHost {
  readonly proxy: Proxy;
  /** How any process opens the site through the proxy. */
  readonly place: FarPlace;
  /** What visitors get, asked for behind the proxy's back. */
  live(): Promise<Files>;
  /** Whether a release goes live in one step there. */
  readonly isAtomic: boolean;
  /** Somebody else adds a file, where that can be done only after the first publication. */
  addTheirs?(): void;
  stop(): Promise<void>;
}

/** A site in an object store. @param program versitygw */
export async function farS3(program: string): Promise<FarHost> {
  const server = await startS3(program);
  const bucket = await server.bucket('kaldi');
  await bucket.put(`site/${theirs.path}`, theirs.text);
  const proxy = await startProxy({ to: { port: server.port } });
  return {
    proxy,
    isAtomic: false,
    place: { kind: 's3', url: `s3://kaldi/site?endpoint=http://127.0.0.1:${proxy.port}`, keys: server.keys },
    async live() {
      const texts = Object.entries(await bucket.texts()).map(
        ([key, text]) => [key.slice('site/'.length), text] as const,
      );
      return Object.fromEntries(texts.filter(([path]) => !path.startsWith('.sec/')));
    },
    async stop() {
      await proxy.stop();
      await server.stop();
    },
  };
}

export async function farNetlify(): Promise<FarHost> {
  const endpoint = await startNetlify();
  endpoint.deployByHand({ [theirs.path]: theirs.text });
  const proxy = await startProxy({ to: { port: endpoint.port } });
  return {
    proxy,
    isAtomic: true,
    place: {
      kind: 'netlify',
      api: `http://127.0.0.1:${proxy.port}/api/v1`,
      site: endpoint.site,
      token: endpoint.token,
    },
    live: async () => endpoint.live(),
    async stop() {
      await proxy.stop();
      await endpoint.stop();
    },
  };
}

/** OpenSSH behind a proxy, with a folder for what is published. */
async function farSsh() {
  const dir = mkdtempSync(join(tmpdir(), 'sec-far-'));
  const sshd = await startSshd(dir, { config: ['ClientAliveInterval 2', 'ClientAliveCountMax 2'] });
  const proxy = await startProxy({ to: { port: sshd.port } });
  const knownHosts = join(dir, 'known_hosts.proxy');
  writeFileSync(knownHosts, `[127.0.0.1]:${proxy.port} ${sshd.hostKey}\n`);
  const login = { knownHosts, keyFile: sshd.keyFile };
  const stop = async () => {
    await proxy.stop();
    await sshd.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  return { dir, proxy, login, at: `${sshd.user}@127.0.0.1:${proxy.port}`, stop };
}

export async function farGit(): Promise<FarHost> {
  const { dir, proxy, login, at, stop } = await farSsh();
  const repository = bareRepository(join(dir, 'site.git'), { pages: { [theirs.path]: theirs.text } });
  return {
    proxy,
    isAtomic: true,
    place: {
      kind: 'git',
      url: `git+ssh://${at}${repository.path}#pages`,
      login,
      stateDir: join(dir, 'state'),
    },
    live: async () => ({
      ...repository.files('pages'),
      [theirs.path]: repository.git('cat-file', 'blob', `pages:${theirs.path}`),
    }),
    stop,
  };
}

export async function farRsync(): Promise<FarHost> {
  const { dir, proxy, login, at, stop } = await farSsh();
  const root = join(dir, 'far/www');
  mkdirSync(join(dir, 'far'));
  return {
    proxy,
    isAtomic: true,
    place: { kind: 'rsync', url: `rsync://${at}${root}`, login, stateDir: join(dir, 'state') },
    async live() {
      const paths = readdirSync(root, { recursive: true, encoding: 'utf8' });
      const files = paths.filter((path) => lstatSync(join(root, path)).isFile());
      return Object.fromEntries(files.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
    },
    addTheirs: () => writeFileSync(join(root, theirs.path), theirs.text),
    stop,
  };
}
