import { FTPError } from 'basic-ftp';
import type { Clock } from '../../core/clock.ts';
import { fail } from '../../core/errors/index.ts';
import type { Host, Secrets } from '../../publish/index.ts';
import { type HostAddress, parseAddress } from './file-by-file/address.ts';
import { findRecords, makeRecords } from './file-by-file/find-records.ts';
import { type FilesLayout, layoutsFor } from './file-by-file/layout.ts';
import { isNetworkFailure, type Refusals } from './file-by-file/network.ts';
import { connectionPool, type Patience, usualPatience } from './file-by-file/pool.ts';
import { readState } from './file-by-file/records.ts';
import { type RemotePlace, remoteHost } from './file-by-file/remote-host.ts';
import { inPlaceSession } from './file-by-file/session.ts';
import { connectFtp, type FtpConnection, type PlainFtp } from './ftp/connect.ts';
import { type FtpFiles, ftpFiles, isRefused } from './ftp/files.ts';

export interface FtpOptions {
  readonly clock: Clock;
  readonly credentials: () => Promise<Secrets>;
  readonly plainFtp?: PlainFtp | undefined;
  readonly patience?: Patience;
  readonly client?: { readonly name: string };
}

export const FTP_PORT = 21;
/** Cheap hosts let few connections in at a time, and some count those that were just closed. */
const CONNECTIONS = 4;
/** Files that wait for a connection before a further one is made. */
const QUEUE = 4;

/**
 * A site behind FTP with TLS: `ftp://host/public_html`, below the login folder (RFC 1738, section 3.2.2). Files are
 * replaced one by one: all are brought first, then renamed in one burst.
 */
export function ftpHost(url: string, options: FtpOptions): Host {
  const { clock, credentials, plainFtp, patience = usualPatience, client } = options;
  const address = parseAddress(url, FTP_PORT);
  refuseFutureConsent(plainFtp, clock, address.target);
  const pool = ftpPool(address, credentials, { plainFtp, patience });
  const files = ftpFiles(pool, CONNECTIONS * QUEUE);
  let layouts: Promise<FilesLayout[]> | undefined;
  const known = () => {
    layouts ??= files.home().then((home) => layoutsFor(address.target, `${home}${address.path}`));
    return layouts;
  };
  return remoteHost({
    files,
    refusals: { ...ftpRefusals(address.target), client: client?.name },
    clock,
    hold: pool.hold,
    letGo: pool.letGo,
    find: async (isToChange) => findPlace(files, await known(), isToChange),
  });
}

export function ftpPool(
  address: HostAddress,
  credentials: () => Promise<Secrets>,
  { plainFtp, patience }: { plainFtp: PlainFtp | undefined; patience: Patience },
) {
  const ways = { silence: patience.silence, plain: plainFtp };
  return connectionPool<FtpConnection>({
    connect: async () => connectFtp(address, await credentials(), ways),
    disconnect: ({ client }) => client.close(),
    nudge: ({ client }) => client.send('NOOP'),
    isBroken: (error, connection) => isLost(error) || connection?.client.closed === true,
    isCrowded: (error) => error instanceof FTPError && (error.code === 421 || error.code === 530),
    most: CONNECTIONS,
    sharing: 1,
    queue: QUEUE,
    patience,
  });
}

/** An agreement that begins in the future is none yet. */
export function refuseFutureConsent(plain: PlainFtp | undefined, clock: Clock, target: string): void {
  const today = clock.now().add({ hours: 24 }).toZonedDateTimeISO('UTC').toPlainDate();
  if (plain && Temporal.PlainDate.compare(Temporal.PlainDate.from(plain.agreed), today) > 0)
    throw fail('FTP_NOT_ENCRYPTED', { target });
}

async function findPlace(
  files: FtpFiles,
  layouts: readonly FilesLayout[],
  isToChange: boolean,
): Promise<RemotePlace> {
  const { root = '', target = '' } = layouts[0] ?? {};
  if (!(await files.list(root))) throw fail('HOST_FOLDER_MISSING', { target, missing: root });
  const found = await findRecords(files, layouts);
  const layout = found ?? (isToChange ? await makeRecords(files, layouts, isRefused) : layouts[0]);
  if (!layout) throw new TypeError('No place for records was named.');
  return {
    layout,
    isSwitchedAtOnce: false,
    state: () => readState(files, layout),
    session: (state, lock, explain) => inPlaceSession({ files, layout, state, lock, explain }),
  };
}

/** Closed by the server (421), a transfer that was cut (425, 426), or lost on the way. */
function isLost(error: unknown): boolean {
  if (error instanceof FTPError) return [421, 425, 426].includes(error.code);
  return isNetworkFailure(error) || saysLost(error);
}

const saysLost = (error: unknown) =>
  error instanceof Error && /closed|FIN packet|[Tt]imeout|socket|ended|connect/.test(error.message);

export function ftpRefusals(target: string): Refusals {
  return {
    target,
    problem(error) {
      if (error instanceof FTPError) return replyWords(error.code);
      return saysLost(error) ? 'the connection was lost' : undefined;
    },
  };
}

/** RFC 959, section 4.2.1. What the server says itself may hold names of its own, and is not shown. */
function replyWords(code: number): string {
  if (code === 452 || code === 552) return 'the disk of the host, or your room on it, is full';
  if (code === 550 || code === 553) return 'the login may not write or read there';
  if (code === 450) return 'a file is in use by somebody else';
  if (code === 421) return 'it closed the connection';
  return `the host refused (reply ${code})`;
}
