import { createHash } from 'node:crypto';
import type { FileEntryWithStats, Stats } from 'ssh2';
import type { FileStat, Listing, SiteFiles } from '../file-by-file/files.ts';
import { folderOf } from '../file-by-file/layout.ts';
import type { Pool } from '../file-by-file/pool.ts';
import type { SftpConnection } from './connect.ts';
import { isMissing, request, statusOf } from './requests.ts';
import { download, upload, writeText } from './transfer.ts';

/** What links need besides; only servers with OpenSSH's extensions have it all. */
export interface SftpFiles extends SiteFiles {
  stat(path: string): Promise<FileStat | undefined>;
  /** Where a link leads, as it is written in it. */
  readLink(path: string): Promise<string>;
  makeLink(path: string, leadsTo: string): Promise<void>;
  /** Gives a file a second name; one that has that name makes way. */
  hardLink(from: string, to: string): Promise<void>;
  /** Whether releases can be put together there and switched in one step. */
  canSwitch(): Promise<boolean>;
  home(): Promise<string>;
}

type Ask<Result> = (
  sftp: SftpConnection['sftp'],
  answer: (error: Error | null | undefined, result?: Result) => void,
) => void;

/** Files of a host behind SFTP. Errors are ssh2's, with the server's status as `code`. */
export function sftpFiles(pool: Pool<SftpConnection>, silence: number): SftpFiles {
  const ask = <Result = void>(question: Ask<Result>): Promise<Result> =>
    pool.use((connection) => askOn(connection, question));
  const askOn = <Result = void>(connection: SftpConnection, question: Ask<Result>): Promise<Result> =>
    request(connection, silence, (answer) => question(connection.sftp, answer));

  const stat = async (path: string): Promise<FileStat | undefined> => {
    const there = await unlessMissing(ask<Stats>((sftp, answer) => sftp.lstat(path, answer)));
    return there && statFrom(there);
  };
  const remove = async (path: string) => {
    await unlessMissing(ask((sftp, answer) => sftp.unlink(path, answer)));
  };
  /** A step that may have been done before the connection broke: then what it moves is gone, and is there already. */
  const moveOnce = (from: string, to: string, move: Ask<void>) =>
    pool.use(async (connection, attempt) => {
      try {
        await askOn(connection, move);
      } catch (error) {
        if (attempt === 0 || !isMissing(error)) throw error;
        const isGone =
          (await unlessMissing(askOn<Stats>(connection, (sftp, answer) => sftp.lstat(from, answer)))) ===
          undefined;
        if (!isGone) throw error;
        await askOn<Stats>(connection, (sftp, answer) => sftp.lstat(to, answer));
      }
    });
  /**
   * Removes and renames. Both requests are sent together, so that as little as can be comes between them; a server
   * answers in order. Tried again, it must not remove what it has just put there.
   */
  const replaceInTwo = (from: string, to: string) =>
    pool.use(async (connection, attempt) => {
      const isThere = async (path: string) =>
        (await unlessMissing(askOn<Stats>(connection, (sftp, answer) => sftp.lstat(path, answer)))) !==
        undefined;
      if (attempt > 0 && !(await isThere(from)) && (await isThere(to))) return;
      await Promise.all([
        unlessMissing(askOn(connection, (sftp, answer) => sftp.unlink(to, answer))),
        askOn(connection, (sftp, answer) => sftp.rename(from, to, answer)),
      ]);
    });
  /** Replaces in one step with `posix-rename@openssh.com`; plain SFTP renames over nothing. */
  const rename = async (from: string, to: string) => {
    try {
      await moveOnce(from, to, (sftp, answer) => sftp.ext_openssh_rename(from, to, answer));
    } catch (error) {
      if (!isUnsupported(error)) throw error;
      await replaceInTwo(from, to);
    }
  };
  const hardLink = async (from: string, to: string) => {
    const link = () => ask((sftp, answer) => sftp.ext_openssh_hardlink(from, to, answer));
    try {
      await link();
    } catch (error) {
      if (isUnsupported(error) || isMissing(error)) throw error;
      await remove(to);
      await link();
    }
  };
  /** Whether the server knows a request. It is asked of a name that is not there: one that knows it says so. */
  const knows = async (question: Ask<void>): Promise<boolean> => {
    try {
      await ask(question);
      return true;
    } catch (error) {
      if (isMissing(error)) return true;
      if (statusOf(error) !== undefined || isUnsupported(error)) return false;
      throw error;
    }
  };
  const makeFolder = async (path: string): Promise<void> => {
    try {
      await ask((sftp, answer) => sftp.mkdir(path, answer));
    } catch (error) {
      if (isMissing(error) && folderOf(path) !== '') {
        await makeFolder(folderOf(path));
        await makeFolder(path);
        return;
      }
      const there = await unlessMissing(ask<Stats>((sftp, answer) => sftp.stat(path, answer)));
      if (!there?.isDirectory()) throw error;
    }
  };

  return {
    lanes: 16,
    stat,
    async list(folder) {
      const named = await unlessMissing(
        ask<FileEntryWithStats[]>((sftp, answer) => sftp.readdir(folder === '' ? '/' : folder, answer)),
      );
      return named && listing(named);
    },
    read: (path) =>
      pool.use(async (connection) => {
        const chunks: Buffer[] = [];
        const isThere = await download(connection, silence, path, (chunk) => void chunks.push(chunk));
        return isThere && Buffer.concat(chunks);
      }),
    hash: (path) =>
      pool.use(async (connection) => {
        const hash = createHash('sha256');
        const isThere = await download(connection, silence, path, (chunk) => void hash.update(chunk));
        return isThere && hash.digest('hex');
      }),
    async write(path, content) {
      const fresh = `${path}.new`;
      await pool.use((connection) => writeText(connection, silence, fresh, content));
      await rename(fresh, path);
    },
    bring: (from, to) => pool.use((connection) => upload(connection, silence, from, to)),
    rename,
    replacesAtOnce: () => knows((sftp, answer) => sftp.ext_openssh_rename(nowhere, `${nowhere}.to`, answer)),
    async renameFolder(from, to) {
      try {
        await moveOnce(from, to, (sftp, answer) => sftp.rename(from, to, answer));
        return true;
      } catch (error) {
        if ((await stat(to)) === undefined && (await stat(from)) !== undefined) throw error;
        return false;
      }
    },
    async keep(from, to) {
      try {
        await hardLink(from, to);
      } catch (error) {
        if (!isUnsupported(error)) throw error;
        await moveOnce(from, to, (sftp, answer) => sftp.rename(from, to, answer));
      }
    },
    makeFolder,
    remove,
    async removeFolder(path) {
      try {
        await ask((sftp, answer) => sftp.rmdir(path, answer));
        return true;
      } catch (error) {
        if (statusOf(error) === undefined) throw error;
        return false;
      }
    },
    settle: async () => undefined,
    readLink: (path) => ask<string>((sftp, answer) => sftp.readlink(path, answer)),
    makeLink: (path, leadsTo) => ask((sftp, answer) => sftp.symlink(leadsTo, path, answer)),
    hardLink,
    canSwitch: async () =>
      (await knows((sftp, answer) => sftp.ext_openssh_rename(nowhere, `${nowhere}.to`, answer))) &&
      (await knows((sftp, answer) => sftp.ext_openssh_hardlink(nowhere, `${nowhere}.to`, answer))),
    home: () => ask<string>((sftp, answer) => sftp.realpath('.', answer)),
  };
}

/** A name that nothing has. */
const nowhere = '.sec-nowhere-5f1c27d09a3e';

/** ssh2 throws before it asks where the server did not announce an extension. */
const isUnsupported = (error: unknown) =>
  statusOf(error) === 8 || (error instanceof Error && /does not support this extended/.test(error.message));

async function unlessMissing<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function statFrom(stats: Pick<Stats, 'size' | 'mtime' | 'mode'>): FileStat {
  const type = stats.mode & 0o170000;
  const kind = type === 0o120000 ? 'link' : type === 0o040000 ? 'folder' : 'file';
  return { kind, size: stats.size, modified: String(stats.mtime) };
}

/** A name comes from outside: one that could lead elsewhere is none. */
function listing(named: readonly FileEntryWithStats[]): Listing {
  return new Map(
    named
      .filter(({ filename }) => filename !== '.' && filename !== '..' && !/[/\p{Cc}]/u.test(filename))
      .map(({ filename, attrs }) => [filename, statFrom(attrs)]),
  );
}
