import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bareRepository } from '../../support/bare-repository.ts';
import { fillDisk, freeDisk } from '../../support/full-disk.ts';
import { startProxy } from '../../support/proxy.ts';
import { plainSftpServer, type SshOptions, startSshd } from '../../support/sshd.ts';
import { theirs } from '../sites.ts';
import type { FaultyHost } from './faulty-host.ts';
import { webRoot } from './web-root.ts';

/** OpenSSH behind a proxy. It lets go soon of those whose connection is gone. */
async function startSsh(dir: string, options: SshOptions = {}) {
  const config = ['ClientAliveInterval 2', 'ClientAliveCountMax 2'];
  const server = await startSshd(dir, { ...options, config, toleratesFullDisk: true });
  const proxy = await startProxy({ to: { port: server.port } });
  const knownHosts = join(dir, 'known_hosts.proxy');
  writeFileSync(knownHosts, `[127.0.0.1]:${proxy.port} ${server.hostKey}\n`);
  const { user, keyFile, hostKey, pid } = server;
  return {
    proxy,
    secrets: { user, keyFile, hostKey },
    login: { knownHosts, keyFile },
    at: `${user}@127.0.0.1:${proxy.port}`,
    onServer: {
      isEncrypted: true,
      refusals: { 'a full disk': () => fillDisk(pid) },
      relent: () => freeDisk(pid),
      async stop() {
        await proxy.stop();
        await server.stop();
      },
    },
  };
}

/** A folder behind SFTP. @param isPlain without the extensions by which a release goes live in one step */
export async function faultySftp(dir: string, isPlain: boolean): Promise<FaultyHost> {
  const { proxy, secrets, onServer } = await startSsh(dir, isPlain ? { sftp: plainSftpServer() } : {});
  const place = mkdtempSync(join(dir, 'place-'));
  const root = webRoot(join(place, 'www'), isPlain ? { [theirs.path]: theirs.text } : undefined);
  return {
    proxy,
    order: { kind: 'sftp', url: `sftp://127.0.0.1:${proxy.port}${place}/www`, secrets },
    isAtomic: !isPlain,
    ...(isPlain ? { gap: 1 } : {}),
    ...root,
    ...onServer,
  };
}

export async function faultyRsync(dir: string): Promise<FaultyHost> {
  const { proxy, login, at, onServer } = await startSsh(dir);
  const place = mkdtempSync(join(dir, 'place-'));
  const url = `rsync://${at}${place}/www`;
  return {
    proxy,
    order: { kind: 'rsync', url, login, stateDir: join(dir, 'state') },
    isAtomic: true,
    ...webRoot(join(place, 'www')),
    ...onServer,
  };
}

export async function faultyGit(dir: string): Promise<FaultyHost> {
  const { proxy, login, at, onServer } = await startSsh(dir);
  mkdirSync(join(dir, 'far'));
  const repository = bareRepository(join(dir, 'far/site.git'), { pages: { [theirs.path]: theirs.text } });
  const live = async () => ({
    ...repository.files('pages'),
    [theirs.path]: repository.git('cat-file', 'blob', `pages:${theirs.path}`),
  });
  const refs = () => repository.git('for-each-ref', '--format=%(refname)').trim().split('\n');
  return {
    proxy,
    order: {
      kind: 'git',
      url: `git+ssh://${at}${repository.path}#pages`,
      login,
      stateDir: join(dir, 'state'),
    },
    isAtomic: true,
    live,
    add: async (files) => repository.commit('pages', files),
    leftovers: async () => refs().filter((ref) => !/^refs\/(heads|sec\/(record|lock))\/pages$/.test(ref)),
    ...onServer,
  };
}
