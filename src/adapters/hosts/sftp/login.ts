import { fail, isSecError } from '../../../core/errors/index.ts';
import type { HostLogin, LoginQuestion } from '../../../publish/index.ts';
import { parseAddress } from '../file-by-file/address.ts';
import { networkProblem } from '../file-by-file/network.ts';
import { type Patience, usualPatience } from '../file-by-file/pool.ts';
import { tryOut } from '../file-by-file/try-out.ts';
import { rootOf, SSH_PORT, sftpPool, sftpRefusals } from '../sftp.ts';
import { readHostKey } from './connect.ts';
import { sftpFiles } from './files.ts';

/** How a host behind SFTP is logged in to. */
export function sftpLogin(url: string, patience: Patience = { ...usualPatience, waits: [] }): HostLogin {
  const address = parseAddress(url, SSH_PORT);
  const refusals = sftpRefusals(address.target);
  return {
    target: address.target,
    questions: sshQuestions(address.user),
    async identify() {
      try {
        return await readHostKey(address, patience.silence);
      } catch (error) {
        if (isSecError(error)) throw error;
        const problem =
          networkProblem(error) ?? refusals.problem(error) ?? 'it does not answer as an SSH server';
        throw fail(
          'HOST_UNREACHABLE',
          { target: address.target, problem, live: 'Nothing was stored.' },
          error,
        );
      }
    },
    async test(secrets) {
      const pool = sftpPool(address, async () => secrets, patience);
      const files = sftpFiles(pool, patience.silence);
      pool.hold();
      try {
        await tryOut(files, () => rootOf(address, files), refusals);
      } finally {
        pool.letGo();
      }
    },
  };
}

/** What logging in over SSH needs: a password, a key, or an agent that holds one. */
export const sshQuestions = (user: string | undefined): LoginQuestion[] => [
  {
    key: 'user',
    question: 'User name at the host?',
    isSecret: false,
    ...(user === undefined ? {} : { initial: user }),
  },
  {
    key: 'password',
    question: 'Password? (leave it empty if you have a key file)',
    isSecret: true,
    isOptional: true,
  },
  {
    key: 'keyFile',
    question: 'Key file, such as ~/.ssh/id_ed25519? (leave it empty if an SSH agent holds the key)',
    isSecret: false,
    isOptional: true,
    isPath: true,
    unless: ['password'],
  },
  {
    key: 'passphrase',
    question: 'Passphrase of the key file? (leave it empty if it has none)',
    isSecret: true,
    isOptional: true,
    unless: ['password', 'agent'],
  },
  {
    key: 'agent',
    question: 'Socket of the SSH agent? (what SSH_AUTH_SOCK says)',
    isSecret: false,
    isOptional: true,
    isPath: true,
    unless: ['password', 'keyFile', 'privateKey'],
  },
  {
    key: 'privateKey',
    question: 'The private key itself?',
    isSecret: true,
    isOptional: true,
    isOnlyFromInput: true,
  },
];
