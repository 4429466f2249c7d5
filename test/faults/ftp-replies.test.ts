import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ftpHost } from '../../src/adapters/hosts/ftp.ts';
import { fixedClock } from '../../src/core/clock.ts';
import { isSecError } from '../../src/core/errors/index.ts';
import { type FtpServer, startFtpd } from '../support/ftpd.ts';
import { isLeftOutWithout } from '../support/programs.ts';
import { type Proxy, startProxy } from '../support/proxy.ts';
import { claim, releaseIn, runPublication } from '../support/publication.ts';
import { filesBelow } from '../support/web-folder.ts';
import { points, seed, seeded } from './seeded.ts';
import { isWhole, newSite, oldSite, theirs } from './sites.ts';

const isLeftOut = isLeftOutWithout('proftpd-core proftpd-mod-crypto', 'proftpd', 'openssl');

/** What servers say, and what a person is told of it. */
const replies = [
  { reply: '552 Exceeded storage allocation', tells: /full/ },
  { reply: '553 Permission denied', tells: /may not write/ },
  { reply: '451 Local error in processing', tells: /refused/ },
  { reply: '421 Service not available', tells: /closed the connection/ },
];
/** Not RNTO: the server itself would still wait for it after its RNFR. */
const changing = /^(STOR|RNFR|MKD|DELE) /;

describe.skipIf(isLeftOut)('an FTP server that refuses in the middle', () => {
  let dir: string;
  let server: FtpServer;
  let proxy: Proxy;
  let refuse: (line: string) => string | undefined = () => undefined;
  let hours = 0;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'sec-replies-'));
    server = await startFtpd(dir, { tls: 'none' });
    const [first, last] = server.data;
    const also = Array.from({ length: last - first + 1 }, (_, n) => first + n);
    const answer = (line: string) => refuse(line);
    proxy = await startProxy({ to: { port: server.port }, listen: { host: '127.0.0.2' }, also, answer });
  });
  afterAll(async () => {
    await proxy.stop();
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const publish = (place: string, site: typeof oldSite) => {
    hours += 1;
    const { user, password } = server;
    const host = ftpHost(`ftp://127.0.0.2:${proxy.port}/${place}`, {
      clock: fixedClock(Temporal.Instant.from('2026-03-02T10:00:00Z').add({ hours })),
      credentials: async () => ({ user, password }),
      plainFtp: { agreed: '2026-01-31', by: 'Anna Berg' },
      patience: { silence: 20_000, waits: [10, 20] },
    });
    return runPublication(host, releaseIn(mkdtempSync(join(dir, 'b-')), site), claim(`run-${hours}`));
  };

  it('leaves whole files, says why, and a rerun converges', { timeout: 3_600_000 }, async () => {
    const chance = seeded(seed);
    const count = points(8);
    let refused = 0;
    for (let n = 0; n < count; n++) {
      const root = join(server.home, `site-${n}`);
      mkdirSync(root);
      writeFileSync(join(root, theirs.path), theirs.text);
      await publish(`site-${n}`, oldSite);
      const { reply, tells } = replies[n % replies.length] ?? { reply: '', tells: /x/ };
      let left = Math.floor(chance() * 30);
      let isRefusing = false;
      refuse = (line) => {
        if (changing.test(line) && left-- <= 0) isRefusing = true;
        return isRefusing && changing.test(line) ? reply : undefined;
      };
      const error = await publish(`site-${n}`, newSite).catch((thrown: unknown) => thrown);
      refuse = () => undefined;
      if (isSecError(error)) {
        refused += 1;
        expect(error.code).toBe('HOST_FAILED');
        expect(error.message).toMatch(tells);
        expect(error.message).toMatch(/as it was|whole old or a whole new|new release is live/);
      } else expect(error).not.toBeInstanceOf(Error);
      expect(isWhole(filesBelow(root))).toBe(true);
      await publish(`site-${n}`, newSite);
      expect(filesBelow(root)).toEqual({ ...newSite, [theirs.path]: theirs.text });
    }
    console.log(`FTP: ${count} refusals with a reply, ${refused} runs stopped, all converged`);
    expect(refused).toBeGreaterThan(count / 2);
  });
});
