import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { ftpHost } from '../../../src/adapters/hosts/ftp.ts';
import { contractClock, type HostUnderTest, hostContract } from '../../contracts/host.ts';
import { type FtpOptions, type FtpServer, startFtpd } from '../../support/ftpd.ts';
import { isLeftOutWithout } from '../../support/programs.ts';
import { webFolder } from '../../support/web-folder.ts';

const isLeftOut = isLeftOutWithout('proftpd-core proftpd-mod-crypto', 'proftpd', 'openssl');

const kinds: Record<string, FtpOptions> = {
  'TLS sessions that must be resumed, a folder with somebody’s files,': { sessionReuse: true },
  'a server without MLSD that renames over nothing': { withoutMlsd: true, config: ['AllowOverwrite off'] },
};

describe.skipIf(isLeftOut)('FTP', { timeout: 90_000 }, () => {
  let dir: string;
  const servers = new Map<string, FtpServer>();
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'sec-ftp-'));
    for (const [n, [name, options]] of Object.entries(kinds).entries()) {
      mkdirSync(join(dir, String(n)));
      servers.set(name, await startFtpd(join(dir, String(n)), options));
    }
  });
  afterAll(async () => {
    for (const server of servers.values()) await server.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const placeOn = async (name: string): Promise<HostUnderTest> => {
    const { port, user, password, certificate, home } = servers.get(name) as FtpServer;
    const place = mkdtempSync(join(home, 'place-'));
    const root = join(place, 'www');
    mkdirSync(root);
    if (name.includes('somebody')) writeFileSync(join(root, 'theirs.txt'), 'from before');
    return {
      open: (now) =>
        ftpHost(`ftp://127.0.0.1:${port}/${place.slice(home.length + 1)}/www`, {
          clock: contractClock(now),
          credentials: async () => ({ user, password, certificate }),
        }),
      ...webFolder(root),
      manner: 'file by file',
      dispose: async () => rmSync(place, { recursive: true, force: true }),
    };
  };
  for (const name of Object.keys(kinds)) hostContract(name, () => placeOn(name));
});
