import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { sha256 } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import type { AssetSource, TextSource } from '../../site/source/sources.ts';
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
