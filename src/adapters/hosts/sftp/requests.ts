import type { SftpConnection } from './connect.ts';
import { STATUS_CODE } from './status.ts';

type Answer<Result> = (error: Error | null | undefined, result?: Result) => void;

/**
 * One request to an SFTP server. A server that says nothing, and a connection that closes, both end it: ssh2 alone
 * would wait for ever.
 */
export function request<Result = void>(
  connection: SftpConnection,
  silence: number,
  ask: (answer: Answer<Result>) => void,
): Promise<Result> {
  return new Promise((done, failed) => {
    const end = () => {
      clearTimeout(timer);
      connection.client.off('close', lost);
    };
    const lost = () => {
      end();
      failed(broken('ECONNRESET', 'The connection was lost.'));
    };
    const timer = setTimeout(() => {
      end();
      connection.isGone = true;
      connection.client.destroy();
      failed(broken('ETIMEDOUT', 'The host stopped answering.'));
    }, silence);
    if (connection.isGone) {
      lost();
      return;
    }
    connection.client.setMaxListeners(0).once('close', lost);
    try {
      ask((error, result) => {
        end();
        if (error) failed(error);
        else done(result as Result);
      });
    } catch (error) {
      end();
      failed(error);
    }
  });
}

const broken = (code: string, message: string) => Object.assign(new Error(message), { code });

/** The status with which a server refused a request (draft-ietf-secsh-filexfer-02, section 7). */
export const statusOf = (error: unknown): number | undefined => {
  const { code } = error as { code?: unknown };
  return typeof code === 'number' ? code : undefined;
};

export const isMissing = (error: unknown): boolean => statusOf(error) === STATUS_CODE.noSuchFile;

/** Whether the connection is gone, so that another one may do better. */
export function isBroken(error: unknown): boolean {
  const status = statusOf(error);
  if (status !== undefined)
    return status === STATUS_CODE.noConnection || status === STATUS_CODE.connectionLost;
  const { code, level } = error as { code?: unknown; level?: unknown };
  if (level === 'client-timeout' || level === 'client-socket') return true;
  return typeof code === 'string' && networkCodes.has(code);
}

const networkCodes = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'ETIMEDOUT',
  'EPIPE',
  'EPROTO',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
]);
