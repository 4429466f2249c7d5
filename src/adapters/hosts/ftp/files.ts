import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable, Transform, Writable } from 'node:stream';
import { FileType, FTPError } from 'basic-ftp';
import type { Brought, FileStat, Listing, SiteFiles } from '../file-by-file/files.ts';
import { folderOf, nameOf } from '../file-by-file/layout.ts';
import { isPlainName } from '../file-by-file/plain-name.ts';
import type { Pool } from '../file-by-file/pool.ts';
import type { FtpConnection } from './connect.ts';

export interface FtpFiles extends SiteFiles {
  /** The login folder, without a slash at its end. */
  home(): Promise<string>;
}

interface Taker<Result> {
  take(chunk: Buffer): void;
  end(): Result;
}

/** Files of a host behind FTP. Errors are basic-ftp's, with the server's reply as `code`. */
export function ftpFiles(pool: Pool<FtpConnection>, lanes: number): FtpFiles {
  /** Learnt at the first rename onto a name that is taken. */
  let overwrites = true;

  const send = (command: string) => pool.use(({ client }) => client.send(command));
  const list = async (folder: string): Promise<Listing | undefined> => {
    try {
      return await pool.use(async ({ client }) => listing(await client.list(folder === '' ? '/' : folder)));
    } catch (error) {
      if (isRefused(error) && (await isAbsent(folder))) return undefined;
      throw error;
    }
  };
  /**
   * A server says the same of what is not there and of what may not be seen. Only a folder that can be listed and
   * lacks the name tells for certain.
   */
  const isAbsent = async (path: string): Promise<boolean> => {
    if (path === '') return false;
    const above = await list(folderOf(path));
    return above === undefined || !above.has(nameOf(path));
  };
  const unlessAbsent = async <Result>(
    path: string,
    work: () => Promise<Result>,
  ): Promise<Result | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (isRefused(error) && (await isAbsent(path))) return undefined;
      throw error;
    }
  };
  const remove = async (path: string) => {
    await unlessAbsent(path, () => send(`DELE ${path}`));
  };
  /** A move that may have been done before the connection broke: then what it moves is gone, and is there already. */
  const move = (from: string, to: string) =>
    pool.use(async ({ client }, attempt) => {
      try {
        await client.rename(from, to);
      } catch (error) {
        if (attempt === 0 || !isRefused(error)) throw error;
        const names = async (path: string) =>
          listing(await client.list(folderOf(path) || '/')).has(nameOf(path));
        if ((await names(from)) || !(await names(to))) throw error;
      }
    });
  const rename = async (from: string, to: string) => {
    if (!overwrites) await remove(to);
    try {
      await move(from, to);
    } catch (error) {
      if (!overwrites || !isRefused(error) || (await isAbsent(to)) || (await isAbsent(from))) throw error;
      overwrites = false;
      await remove(to);
      await move(from, to);
    }
  };
  const makeFolder = async (path: string): Promise<void> => {
    try {
      await send(`MKD ${path}`);
    } catch (error) {
      if (!isRefused(error)) throw error;
      const there = (await list(folderOf(path)))?.get(nameOf(path));
      if (there?.kind === 'folder' || there?.kind === 'link') return;
      if (there || folderOf(path) === '' || !(await isAbsent(folderOf(path)))) throw error;
      await makeFolder(folderOf(path));
      await makeFolder(path);
    }
  };
  /** Each attempt begins anew: what came before a connection broke does not count. */
  const download = <Result>(path: string, begin: () => Taker<Result>): Promise<Result | undefined> =>
    unlessAbsent(path, () =>
      pool.use(async ({ client }) => {
        const { take, end } = begin();
        const size = await sizeOf(client, path);
        let taken = 0;
        const into = new Writable({
          write(chunk: Buffer, _encoding, done) {
            taken += chunk.length;
            take(chunk);
            done();
          },
        });
        await client.downloadTo(into, path);
        refuseCut(taken, size ?? taken);
        return end();
      }),
    );

  return {
    lanes,
    list,
    read: (path) =>
      download(path, () => {
        const chunks: Buffer[] = [];
        return { take: (chunk) => void chunks.push(chunk), end: () => Buffer.concat(chunks) };
      }),
    hash: (path) =>
      download(path, () => {
        const hash = createHash('sha256');
        return { take: (chunk) => void hash.update(chunk), end: () => hash.digest('hex') };
      }),
    modified: (path) => pool.use(({ client }) => timeOf(client, path)),
    async write(path, content) {
      const fresh = `${path}.new`;
      const bytes = Buffer.from(content);
      await pool.use(async ({ client }) => {
        await client.uploadFrom(Readable.from([bytes]), fresh);
        refuseCut((await sizeOf(client, fresh)) ?? bytes.length, bytes.length);
      });
      await rename(fresh, path);
    },
    bring: (from, to) => pool.use((connection) => upload(connection, from, to)),
    rename,
    replacesAtOnce: async () => overwrites,
    async renameFolder(from, to) {
      try {
        await move(from, to);
        return true;
      } catch (error) {
        if (!isRefused(error)) throw error;
        if ((await isAbsent(to)) && !(await isAbsent(from))) throw error;
        return false;
      }
    },
    keep: move,
    makeFolder,
    remove,
    async removeFolder(path) {
      try {
        await send(`RMD ${path}`);
        return true;
      } catch (error) {
        if (isRefused(error)) return false;
        throw error;
      }
    },
    settle: async () => undefined,
    home: async () => (await pool.use(({ client }) => client.pwd())).replace(/\/+$/, ''),
  };
}

/** Uploads a file and asks what arrived: a server may close a transfer in good order that was cut before it. */
async function upload({ client, features }: FtpConnection, from: string, to: string): Promise<Brought> {
  const hash = createHash('sha256');
  let sent = 0;
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sent += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const source = createReadStream(from);
  source.on('error', (error) => through.destroy(error));
  await client.uploadFrom(source.pipe(through), to);
  const facts = features.has('MLST') ? await factsOf(client, to) : undefined;
  const size = facts?.size ?? (await client.size(to));
  refuseCut(size, sent);
  const modified = facts?.modified ?? (await timeOf(client, to));
  return { sha256: hash.digest('hex'), size, ...(modified === undefined ? {} : { modified }) };
}

/** A data connection that is cut looks to both sides like one that came to its end: only the sizes tell. */
function refuseCut(arrived: number, expected: number): void {
  if (arrived === expected) return;
  throw Object.assign(new Error('The transfer was cut.'), { code: 'ECONNRESET' });
}

/** Size and time from one answer (RFC 3659, section 7). */
async function factsOf(
  client: FtpConnection['client'],
  path: string,
): Promise<{ size: number; modified: string } | undefined> {
  const { message } = await client.send(`MLST ${path}`);
  const size = /;?\bsize=(\d+);/i.exec(message)?.[1];
  const modified = /\bmodify=(\d{14})/i.exec(message)?.[1];
  return size === undefined || modified === undefined ? undefined : { size: Number(size), modified };
}

/** Bytes of a file (RFC 3659, section 4); undefined for a server that cannot tell. */
async function sizeOf(client: FtpConnection['client'], path: string): Promise<number | undefined> {
  try {
    return await client.size(path);
  } catch (error) {
    if (error instanceof FTPError && [500, 502, 504].includes(error.code)) return undefined;
    throw error;
  }
}

/** When a file was written (RFC 3659, section 3); undefined for a server that cannot tell. */
async function timeOf(client: FtpConnection['client'], path: string): Promise<string | undefined> {
  try {
    return /(\d{14})/.exec((await client.send(`MDTM ${path}`)).message)?.[1];
  } catch (error) {
    if (error instanceof FTPError) return undefined;
    throw error;
  }
}

function listing(found: Awaited<ReturnType<FtpConnection['client']['list']>>): Listing {
  return new Map(
    found
      .filter(({ name }) => isPlainName(name))
      .map(({ name, type, size, modifiedAt, uniqueID }): [string, FileStat] => [
        name,
        {
          kind: type === FileType.Directory ? 'folder' : type === FileType.SymbolicLink ? 'link' : 'file',
          size,
          ...(modifiedAt ? { modified: modifiedAt.toISOString().replace(/\D/g, '').slice(0, 14) } : {}),
          ...(uniqueID === undefined ? {} : { id: uniqueID }),
        },
      ]),
  );
}

/** Whether the server said no for good (5xx), or that a file cannot be had (450): it is there to be asked again. */
export const isRefused = (error: unknown): boolean =>
  error instanceof FTPError && (error.code >= 500 || error.code === 450);
