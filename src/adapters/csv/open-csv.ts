import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { CsvFile } from '../../audience/csv-file.ts';
import { type Digest, sha256 } from '../../core/digest.ts';
import { fail, isSecError } from '../../core/errors/index.ts';
import { createDecoder } from './decoder.ts';
import { sniffEncoding } from './sniff.ts';

const CHUNK_BYTES = 64 * 1024;

/**
 * Opens a CSV file: reads it once to find out its encoding, and then anew, decoded, for each call of `chunks`.
 *
 * @param name what messages and results call the file
 * @throws CSV_MISSING, CSV_NOT_TEXT, CSV_ENCODING_MIXED; `chunks()` throws CSV_MISSING, CSV_CHANGED
 */
export const openCsvFile = (path: string, name: string): Promise<CsvFile> =>
  decodedFile(name, () => readBytes(path, name));

/**
 * A CSV file from its bytes.
 *
 * @param read its bytes from the start, anew for each call
 * @throws CSV_NOT_TEXT, CSV_ENCODING_MIXED; `chunks()` throws CSV_CHANGED
 */
export async function decodedFile(name: string, read: () => AsyncIterable<Buffer>): Promise<CsvFile> {
  const encoding = await sniffEncoding(read(), name);
  let digest: Digest | undefined;
  return {
    name,
    encoding: encoding.label,
    async *chunks() {
      digest = undefined;
      const hash = createHash('sha256');
      const decoder = await createDecoder(encoding, name);
      for await (const chunk of read()) {
        hash.update(chunk);
        const text = decoder.write(chunk);
        if (text.length > 0) yield text;
      }
      const rest = decoder.end();
      if (rest.length > 0) yield rest;
      digest = hash.digest('hex');
    },
    digest: () => digest ?? sha256(''),
  };
}

async function* readBytes(path: string, name: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { highWaterMark: CHUNK_BYTES });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (isSecError(error) || code === undefined) throw error;
    throw fail(
      'CSV_MISSING',
      { file: name, problem: plainProblems[code] ?? 'the disk reported an error' },
      error,
    );
  }
}

const plainProblems: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
};
