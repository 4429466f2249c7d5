import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { startFtpd } from '../../support/ftpd.ts';
import { fillDisk, freeDisk } from '../../support/full-disk.ts';
import { startProxy } from '../../support/proxy.ts';
import { theirs } from '../sites.ts';
import type { FaultyHost } from './faulty-host.ts';
import { webRoot } from './web-root.ts';

/** ProFTPD with TLS behind a proxy, through which its data connections go as well. */
export async function faultyFtp(dir: string): Promise<FaultyHost> {
  const server = await startFtpd(dir, { toleratesFullDisk: true });
  const [first, last] = server.data;
  const also = Array.from({ length: last - first + 1 }, (_, n) => first + n);
  const proxy = await startProxy({ to: { port: server.port }, listen: { host: '127.0.0.2' }, also });
  const place = mkdtempSync(join(server.home, 'place-'));
  const { user, password, certificate } = server;
  return {
    proxy,
    order: {
      kind: 'ftp',
      url: `ftp://127.0.0.2:${proxy.port}${place.slice(server.home.length)}/www`,
      secrets: { user, password, certificate },
    },
    isEncrypted: true,
    isAtomic: false,
    ...webRoot(join(place, 'www'), { [theirs.path]: theirs.text }),
    refusals: { 'a full disk': () => fillDisk(server.pid) },
    relent: () => freeDisk(server.pid),
    async stop() {
      await proxy.stop();
      await server.stop();
    },
  };
}
