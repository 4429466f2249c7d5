import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ftpHost } from '../../../src/adapters/hosts/ftp.ts';
import { contractClock } from '../../contracts/host.ts';
import { startFtpd } from '../../support/ftpd.ts';
import { isLeftOutWithout } from '../../support/programs.ts';
import { startProxy } from '../../support/proxy.ts';

const isLeftOut = isLeftOutWithout('proftpd-core proftpd-mod-crypto', 'proftpd', 'openssl');

describe.skipIf(isLeftOut)('FTP over a line that garbles', { timeout: 90_000 }, () => {
  it('says in words that what came was damaged', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'sec-ftp-'));
    const server = await startFtpd(dir);
    mkdirSync(join(server.home, 'www'));
    const proxy = await startProxy({ to: { port: server.port } });
    const { user, password, certificate } = server;
    const look = () =>
      ftpHost(`ftp://127.0.0.1:${proxy.port}/www`, {
        clock: contractClock(),
        credentials: async () => ({ user, password, certificate }),
        patience: { silence: 5000, waits: [] },
      }).state();
    try {
      const before = proxy.bytes();
      await expect(look()).resolves.toEqual({ kind: 'absent' });
      // Near its end the conversation is encrypted, and the server speaks.
      proxy.strike('garble', Math.floor((proxy.bytes() - before) * 0.9));
      await expect(look()).rejects.toMatchObject({
        code: 'HOST_UNREACHABLE',
        details: { problem: 'what came over the encrypted connection was damaged' },
      });
    } finally {
      await proxy.stop();
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
