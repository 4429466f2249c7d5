import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { sftpHost } from '../../../src/adapters/hosts/sftp.ts';
import type { Manner } from '../../../src/publish/index.ts';
import { contractClock, type HostUnderTest, hostContract } from '../../contracts/host.ts';
import { isLeftOutWithout } from '../../support/programs.ts';
import { plainSftpServer, type SshServer, startSshd } from '../../support/sshd.ts';
import { webFolder } from '../../support/web-folder.ts';

const isLeftOut = isLeftOutWithout('openssh-server', 'sshd', 'sftp-server', 'ssh-keygen');

describe.skipIf(isLeftOut)('SFTP', { timeout: 90_000 }, () => {
  let dir: string;
  const servers: Record<string, SshServer> = {};
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'sec-sftp-'));
    for (const [name, sftp] of Object.entries({ openssh: 'internal-sftp', plain: plainSftpServer() })) {
      mkdirSync(join(dir, name));
      servers[name] = await startSshd(join(dir, name), { sftp });
    }
  });
  afterAll(async () => {
    for (const server of Object.values(servers)) await server.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const placeOn = async (
    name: string,
    prepare: (root: string) => void,
    manner: Manner = 'at once',
  ): Promise<HostUnderTest> => {
    const place = mkdtempSync(join(dir, 'place-'));
    const root = join(place, 'www');
    prepare(root);
    const { port, user, hostKey, keyFile } = servers[name] as SshServer;
    return {
      open: (now) =>
        sftpHost(`sftp://127.0.0.1:${port}${root}`, {
          clock: contractClock(now),
          credentials: async () => ({ user, keyFile, hostKey }),
        }),
      ...webFolder(root),
      manner,
      dispose: async () => rmSync(place, { recursive: true, force: true }),
    };
  };
  const withTheirs = (root: string) => {
    mkdirSync(root);
    writeFileSync(join(root, 'theirs.txt'), 'from before');
  };

  hostContract('OpenSSH, no folder yet,', () => placeOn('openssh', () => undefined));
  hostContract('OpenSSH, an empty folder,', () => placeOn('openssh', (root) => mkdirSync(root)));
  hostContract('OpenSSH, a folder with somebody’s files,', () =>
    placeOn('openssh', withTheirs, 'file by file'),
  );
  hostContract('a server without OpenSSH’s extensions', () =>
    placeOn('plain', (root) => mkdirSync(root), 'gaps'),
  );
});
