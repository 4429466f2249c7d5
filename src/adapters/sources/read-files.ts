import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { type Digest, sha256 } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import type { AssetSource, PageSource, TextSource } from '../../site/source/sources.ts';
import type { FoundFile } from './walk.ts';

export type NameOf = (location: string) => string;

/** Reads a text as UTF-8, its BOM kept. @throws FILE_NOT_TEXT */
export function readText({ path, location }: FoundFile, name: NameOf): TextSource {
  const bytes = readFileSync(location);
  const file = name(location);
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { path, file, text, sha256: sha256(bytes) };
  } catch (error) {
    throw fail('FILE_NOT_TEXT', { file }, error);
  }
}

/**
 * A page that was read before. Its text is read when somebody asks for it, and must be what it was.
 *
 * @throws SOURCE_CHANGED from the text, where the file no longer has that content
 */
export function readTextAgain(
  found: FoundFile,
  { name, sha256, front }: { readonly name: NameOf; readonly sha256: Digest; readonly front: Digest },
): PageSource {
  let text: string | undefined;
  const file = name(found.location);
  return {
    path: found.path,
    file,
    sha256,
    front,
    get text() {
      if (text === undefined) {
        const read = readText(found, name);
        if (read.sha256 !== sha256) throw fail('SOURCE_CHANGED', { file });
        text = read.text;
      }
      return text;
    },
  };
}

const CHUNK = 1 << 20;

/** Hashes a file of any size in constant memory. */
export function readAsset({ path, location }: FoundFile, name: NameOf): AssetSource {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(CHUNK);
  const handle = openSync(location, 'r');
  let size = 0;
  try {
    for (let read = readSync(handle, chunk); read > 0; read = readSync(handle, chunk)) {
      hash.update(chunk.subarray(0, read));
      size += read;
    }
  } finally {
    closeSync(handle);
  }
  return { path, file: name(location), sha256: hash.digest('hex'), size, location };
}
