import type { Clock } from '../../core/clock.ts';
import { fail } from '../../core/errors/index.ts';
import type { Host, HostSession, Secrets } from '../../publish/index.ts';
import { type HostAddress, parseAddress } from './file-by-file/address.ts';
import { findRecords, makeRecords } from './file-by-file/find-records.ts';
import { type FilesLayout, folderOf, layoutsFor, nameOf } from './file-by-file/layout.ts';
import type { HeldLock } from './file-by-file/lock.ts';
import { DAMAGED, type Refusals } from './file-by-file/network.ts';
import { connectionPool, type Patience, usualPatience } from './file-by-file/pool.ts';
import { readState } from './file-by-file/records.ts';
import { type RemotePlace, remoteHost } from './file-by-file/remote-host.ts';
import { type Explain, guarded, inPlaceSession, PUBLISHED } from './file-by-file/session.ts';
import { UNTOUCHED } from './file-by-file/stage.ts';
import type { Stamps } from './file-by-file/stamps.ts';
import { connectSftp, type SftpConnection } from './sftp/connect.ts';
import { type SftpFiles, sftpFiles } from './sftp/files.ts';
import {
  type LinkedPlace,
  linkedState,
  liveLayout,
  pruneLinked,
  releasesOf,
  stageLinked,
  switchLinked,
} from './sftp/linked.ts';
import { isBroken, statusOf } from './sftp/requests.ts';
import { STATUS_CODE } from './sftp/status.ts';

export interface SftpOptions {
  readonly clock: Clock;
  readonly credentials: () => Promise<Secrets>;
  readonly patience?: Patience;
  readonly client?: { readonly name: string };
}

export const SSH_PORT = 22;

/**
 * A site behind SFTP: `sftp://host/var/www/kaldi`, or `sftp://host/~/www` below the login folder. With OpenSSH's
 * extensions a release is put together on the host and goes live in one step; without them, or where the web root
 * holds somebody's files, file by file.
 */
export function sftpHost(
  url: string,
  { clock, credentials, patience = usualPatience, client }: SftpOptions,
): Host {
  const address = parseAddress(url, SSH_PORT);
  const pool = sftpPool(address, credentials, patience);
  const files = sftpFiles(pool, patience.silence);
  let layouts: Promise<FilesLayout[]> | undefined;
  const known = () => {
    layouts ??= rootOf(address, files).then((root) => layoutsFor(address.target, root));
    return layouts;
  };
  return remoteHost({
    files,
    refusals: { ...sftpRefusals(address.target), client: client?.name },
    clock,
    hold: pool.hold,
    letGo: pool.letGo,
    find: async (isToChange) => findPlace(files, await known(), isToChange),
  });
}

export function sftpPool(address: HostAddress, credentials: () => Promise<Secrets>, patience: Patience) {
  return connectionPool<SftpConnection>({
    connect: async () => connectSftp(address, await credentials(), patience.silence),
    disconnect: ({ client }) => void client.end(),
    isBroken: (error, connection) => isBroken(error) || connection?.isGone === true,
    isCrowded: () => false,
    most: 1,
    sharing: 32,
    queue: 0,
    patience,
  });
}

/** Below `~` the path begins in the login folder. */
export async function rootOf({ path }: HostAddress, files: SftpFiles): Promise<string> {
  return path === '/~' || path.startsWith('/~/') ? `${await files.home()}${path.slice(2)}` : path;
}

async function findPlace(
  files: SftpFiles,
  layouts: FilesLayout[],
  isToChange: boolean,
): Promise<RemotePlace> {
  const [beside, inside] = layouts;
  const isLinked = beside && inside ? await linkedAt(files, beside) : undefined;
  if (isLinked) return linkedPlace({ files, layout: beside as FilesLayout, live: isLinked.live });
  const found = await findRecords(files, layouts);
  if (beside && inside && isSwitchable(found, beside) && (await isVacant(files, beside))) {
    const place = { files, layout: beside, live: undefined };
    if (!isToChange || (await prepareLinked(place))) return linkedPlace(place);
  }
  await refuseMissing(files, layouts);
  const layout = found ?? (isToChange ? await makeRecords(files, layouts, isDenied) : (beside ?? inside));
  return inPlacePlace(files, layout as FilesLayout);
}

/** The live release where the web root is a link to one. */
async function linkedAt(files: SftpFiles, layout: FilesLayout): Promise<{ live: string } | undefined> {
  if ((await files.stat(layout.root))?.kind !== 'link') return undefined;
  const leadsTo = await files.readLink(layout.root);
  const above = folderOf(layout.root);
  const place = leadsTo.startsWith('/') ? leadsTo : `${above}/${leadsTo}`;
  const isRelease = place.startsWith(`${releasesOf(layout)}/`) && place.endsWith('/web');
  return isRelease ? { live: folderOf(place) } : undefined;
}

/** Records beside the web root that hold no manifest do not speak against it. */
const isSwitchable = (found: FilesLayout | undefined, beside: FilesLayout) =>
  found === undefined || found === beside;

/** Whether the web root is missing or empty, on a host where it can become a link. */
async function isVacant(files: SftpFiles, { root, manifest }: FilesLayout): Promise<boolean> {
  const listing = await files.list(root);
  if (listing === undefined ? (await files.list(folderOf(root))) === undefined : listing.size > 0)
    return false;
  if (await files.read(manifest)) return false;
  return files.canSwitch();
}

/** False where the folder above the web root may not be written: then the site is published to in place. */
async function prepareLinked({ files, layout }: LinkedPlace): Promise<boolean> {
  try {
    await files.makeFolder(releasesOf(layout));
    return true;
  } catch (error) {
    if (isDenied(error)) return false;
    throw error;
  }
}

/** A web root that is not there may be a mistyped one, which no visitor would ever see. */
async function refuseMissing(files: SftpFiles, layouts: readonly FilesLayout[]): Promise<void> {
  const { root = '', target = '' } = layouts.at(-1) ?? {};
  if (await files.list(root)) return;
  throw fail('HOST_FOLDER_MISSING', { target, missing: nameOf(root) });
}

function inPlacePlace(files: SftpFiles, layout: FilesLayout): RemotePlace {
  return {
    layout,
    isSwitchedAtOnce: false,
    state: () => readState(files, layout),
    session: (state, lock, explain) => inPlaceSession({ files, layout, state, lock, explain }),
  };
}

function linkedPlace(place: LinkedPlace): RemotePlace {
  const { layout, live } = place;
  return {
    layout: live === undefined ? layout : liveLayout(layout, live),
    isSwitchedAtOnce: true,
    state: () => linkedState(place),
    session: (state, lock, explain) => linkedSession(place, state, lock, explain),
  };
}

function linkedSession(
  place: LinkedPlace,
  state: HostSession['state'],
  lock: HeldLock,
  explain: Explain,
): Omit<HostSession, 'live'> {
  let staged: Stamps = {};
  let live = place.live;
  const asBefore = () => (live === place.live ? UNTOUCHED : PUBLISHED);
  return {
    state,
    async *stage(publication) {
      staged = yield* guarded(explain, asBefore, stageLinked(place, publication));
    },
    async *switch(publication) {
      const work = switchLinked(place, state, publication, staged, lock.assertHeld);
      const outcome = yield* guarded(explain, asBefore, work);
      live = outcome.live;
      return { movedAside: outcome.movedAside };
    },
    async *finish() {
      if (live !== undefined) yield* guarded(explain, () => PUBLISHED, pruneLinked(place, live));
      await lock.release();
    },
    close: () => lock.release(),
  };
}

const isDenied = (error: unknown) =>
  statusOf(error) === STATUS_CODE.permissionDenied || statusOf(error) === STATUS_CODE.failure;

export function sftpRefusals(target: string): Refusals {
  const words: Readonly<Record<number, string>> = {
    [STATUS_CODE.noSuchFile]: 'a file or folder disappeared meanwhile',
    [STATUS_CODE.permissionDenied]: 'the login may not write or read there',
    [STATUS_CODE.failure]: 'the host refused without saying why: its disk or your room on it may be full',
    [STATUS_CODE.noConnection]: 'the connection was lost',
    [STATUS_CODE.connectionLost]: 'the connection was lost',
    [STATUS_CODE.unsupported]: 'the host cannot do what is needed',
  };
  return {
    target,
    problem(error) {
      const status = statusOf(error);
      if (status !== undefined) return words[status] ?? `the host refused (status ${status})`;
      const { level } = error as { level?: unknown };
      if (level === 'client-timeout') return 'it stopped answering';
      return typeof level === 'string' || level === undefined ? sshProblem(error) : undefined;
    },
  };
}

/** What ssh2 says of a connection that did not come about. */
function sshProblem(error: unknown): string | undefined {
  const { message, level } = error as Error & { level?: unknown };
  if (/no matching|unable to exchange/i.test(message)) return 'no common way to encrypt was found';
  if (level === 'handshake' || level === 'protocol') return DAMAGED;
  return /closed|end/i.test(message) ? 'the connection was lost' : undefined;
}
