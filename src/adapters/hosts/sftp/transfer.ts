import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Stats } from 'ssh2';
import type { Brought } from '../file-by-file/files.ts';
import type { SftpConnection } from './connect.ts';
import { isMissing, request } from './requests.ts';

/** What every server takes in one request (draft-ietf-secsh-filexfer-02, section 3). */
const CHUNK = 32_768;
/** Requests of one file that are under way at once. */
const WINDOW = 16;

/** Brings a file in many requests at once. Each is answered for, so that a cut is never taken for the end. */
export async function upload(
  connection: SftpConnection,
  silence: number,
  from: string,
  to: string,
): Promise<Brought> {
  const source = await open(from);
  try {
    return await withHandle(connection, silence, to, 'w', async (handle) => {
      const hash = createHash('sha256');
      const flying = new Set<Promise<void>>();
      const failures: unknown[] = [];
      for (let position = 0; failures.length === 0; ) {
        const { bytesRead, buffer } = await source.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK);
        if (bytesRead === 0) break;
        hash.update(buffer.subarray(0, bytesRead));
        const where = position;
        const flight: Promise<void> = request(connection, silence, (answer) =>
          connection.sftp.write(handle, buffer, 0, bytesRead, where, answer),
        )
          .catch((error: unknown) => void failures.push(error))
          .finally(() => flying.delete(flight));
        flying.add(flight);
        position += bytesRead;
        if (flying.size >= WINDOW) await Promise.race(flying);
      }
      await Promise.all(flying);
      if (failures.length > 0) throw failures[0];
      const { size, mtime } = await request<Stats>(connection, silence, (answer) =>
        connection.sftp.fstat(handle, answer),
      );
      return { sha256: hash.digest('hex'), size, modified: String(mtime) };
    });
  } finally {
    await source.close();
  }
}

/** Reads a file from its beginning to its end, in order; undefined where there is none. */
export async function download(
  connection: SftpConnection,
  silence: number,
  path: string,
  take: (chunk: Buffer) => void,
): Promise<true | undefined> {
  try {
    return await withHandle(connection, silence, path, 'r', async (handle) => {
      const { size } = await request<Stats>(connection, silence, (answer) =>
        connection.sftp.fstat(handle, answer),
      );
      const ahead: Promise<Buffer>[] = [];
      for (let next = 0; next < size || ahead.length > 0; ) {
        for (; next < size && ahead.length < WINDOW; next += CHUNK) {
          const chunk = readAt(connection, silence, handle, next, Math.min(CHUNK, size - next));
          // Awaited in its turn; until then its failure must not count as one that nobody saw.
          chunk.catch(() => undefined);
          ahead.push(chunk);
        }
        take((await ahead.shift()) ?? Buffer.alloc(0));
      }
      return true as const;
    });
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Writes a small text as a new file. */
export async function writeText(
  connection: SftpConnection,
  silence: number,
  path: string,
  text: string,
): Promise<void> {
  const bytes = Buffer.from(text);
  await withHandle(connection, silence, path, 'w', async (handle) => {
    for (let position = 0; position < bytes.length; position += CHUNK) {
      const length = Math.min(CHUNK, bytes.length - position);
      await request(connection, silence, (answer) =>
        connection.sftp.write(handle, bytes, position, length, position, answer),
      );
    }
  });
}

/** A server may answer with fewer bytes than were asked for. */
async function readAt(
  connection: SftpConnection,
  silence: number,
  handle: Buffer,
  position: number,
  length: number,
): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const read = await request<number>(connection, silence, (answer) =>
      connection.sftp.read(handle, buffer, done, length - done, position + done, (error, bytes) =>
        answer(error, bytes),
      ),
    );
    if (read === 0) break;
    done += read;
  }
  return buffer.subarray(0, done);
}

async function withHandle<Result>(
  connection: SftpConnection,
  silence: number,
  path: string,
  mode: 'r' | 'w',
  work: (handle: Buffer) => Promise<Result>,
): Promise<Result> {
  const handle = await request<Buffer>(connection, silence, (answer) =>
    connection.sftp.open(path, mode, { mode: 0o644 }, answer),
  );
  const close = () => request(connection, silence, (answer) => connection.sftp.close(handle, answer));
  let result: Result;
  try {
    result = await work(handle);
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
  await close();
  return result;
}
