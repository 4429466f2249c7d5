import type { Clock } from '../../../core/clock.ts';
import { fail, isSecError } from '../../../core/errors/index.ts';
import type { HostLogin } from '../../../publish/index.ts';
import { parseAddress } from '../file-by-file/address.ts';
import { networkProblem } from '../file-by-file/network.ts';
import { type Patience, usualPatience } from '../file-by-file/pool.ts';
import { tryOut } from '../file-by-file/try-out.ts';
import { FTP_PORT, ftpPool, ftpRefusals, refuseFutureConsent } from '../ftp.ts';
import { type PlainFtp, readCertificate } from './connect.ts';
import { ftpFiles } from './files.ts';

interface FtpLoginOptions {
  readonly clock: Clock;
  readonly plainFtp?: PlainFtp | undefined;
  readonly patience?: Patience;
}

/** How a host behind FTP is logged in to. */
export function ftpLogin(
  url: string,
  { clock, plainFtp, patience = { ...usualPatience, waits: [] } }: FtpLoginOptions,
): HostLogin {
  const address = parseAddress(url, FTP_PORT);
  const { target, user } = address;
  refuseFutureConsent(plainFtp, clock, target);
  return {
    target,
    questions: [
      {
        key: 'user',
        question: 'User name at the host?',
        isSecret: false,
        ...(user === undefined ? {} : { initial: user }),
      },
      { key: 'password', question: 'Password?', isSecret: true },
    ],
    async identify() {
      try {
        return await readCertificate(address, { silence: patience.silence, plain: plainFtp });
      } catch (error) {
        if (isSecError(error)) throw error;
        const problem = networkProblem(error) ?? ftpRefusals(target).problem(error);
        if (problem === undefined) throw error;
        throw fail('HOST_UNREACHABLE', { target, problem, live: 'Nothing was stored.' }, error);
      }
    },
    async test(secrets) {
      const pool = ftpPool(address, async () => secrets, { plainFtp, patience });
      const files = ftpFiles(pool, 1);
      pool.hold();
      try {
        await tryOut(files, async () => `${await files.home()}${address.path}`, ftpRefusals(target));
      } finally {
        pool.letGo();
      }
    },
  };
}
