import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ftpHost } from '../../../src/adapters/hosts/ftp.ts';
import { sftpHost } from '../../../src/adapters/hosts/sftp.ts';
import { isSecError } from '../../../src/core/errors/index.ts';
import type { Host } from '../../../src/publish/index.ts';
import { contractClock } from '../../contracts/host.ts';
import { startFtpd } from '../../support/ftpd.ts';
import { isLeftOutWithout } from '../../support/programs.ts';
import { startProxy } from '../../support/proxy.ts';
import { startSshd } from '../../support/sshd.ts';

const hasNoFtp = isLeftOutWithout('proftpd-core proftpd-mod-crypto', 'proftpd', 'openssl');
const hasNoSsh = isLeftOutWithout('openssh-server', 'sshd');
const POINTS = 12;
/** The first of them must not be tried again: what it said would be lost. */
const once = { silence: 5000, waits: [] };

describe('a host over a line on which a byte arrives as another', { timeout: 90_000 }, () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'sec-garbled-'));
    mkdirSync(join(dir, 'server'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  /** What a look at the host ends with, where one byte of the whole conversation is garbled, for points all along it. */
  const looksThrough = async (port: number, open: (port: number) => Host) => {
    const proxy = await startProxy({ to: { port } });
    try {
      const look = () => open(proxy.port).state();
      await expect(look()).resolves.toEqual({ kind: 'absent' });
      const whole = proxy.bytes();
      const ends: unknown[] = [];
      for (let n = 0; n < POINTS; n++) {
        proxy.strike('garble', Math.floor((whole * (n + 0.5)) / POINTS));
        ends.push(await look().catch((error: unknown) => error));
        proxy.lift();
      }
      return ends;
    } finally {
      await proxy.stop();
    }
  };
  const isTold = (end: unknown) => isSecError(end) || (end as { kind?: string }).kind === 'absent';
  const problemOf = (end: unknown) => (isSecError(end) ? end.details.problem : undefined);
  const damaged = 'what came over the encrypted connection was damaged';

  it.skipIf(hasNoFtp)('says so in words over FTP with TLS', async () => {
    const server = await startFtpd(join(dir, 'server'));
    mkdirSync(join(server.home, 'www'));
    const { user, password, certificate } = server;
    const credentials = async () => ({ user, password, certificate });
    try {
      const ends = await looksThrough(server.port, (port) =>
        ftpHost(`ftp://127.0.0.1:${port}/www`, { clock: contractClock(), credentials, patience: once }),
      );
      expect(ends.filter((end) => !isTold(end))).toEqual([]);
      expect(ends.map(problemOf)).toContain(damaged);
    } finally {
      await server.stop();
    }
  });

  it.skipIf(hasNoSsh)('says so in words over SFTP', async () => {
    const server = await startSshd(join(dir, 'server'));
    mkdirSync(join(dir, 'www'));
    const { user, keyFile, hostKey } = server;
    const credentials = async () => ({ user, keyFile, hostKey });
    try {
      const ends = await looksThrough(server.port, (port) =>
        sftpHost(`sftp://127.0.0.1:${port}${dir}/www`, {
          clock: contractClock(),
          credentials,
          patience: once,
        }),
      );
      expect(ends.filter((end) => !isTold(end))).toEqual([]);
      expect(ends.map(problemOf)).toContain(damaged);
    } finally {
      await server.stop();
    }
  });
});
