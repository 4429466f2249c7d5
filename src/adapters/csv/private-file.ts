import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { privateFolder, syncFolder } from '../files/atomic.ts';

const BUFFER_CHARACTERS = 64 * 1024;
const ENDING = '.part';

/** A file that is written piece by piece, readable by its owner alone, and that nobody sees before it is whole. */
export interface PrivateFile {
  write(text: string): void;
  /** Makes it durable and gives it its name. */
  keep(): void;
  /** Removes it, unless it was kept. */
  discard(): void;
}

/** @throws the system's error */
export function createPrivateFile(path: string): PrivateFile {
  const temporary = `${path}.${randomBytes(6).toString('hex')}${ENDING}`;
  const file = openSync(temporary, 'wx', 0o600);
  let waiting = '';
  let open = true;
  const flush = () => {
    const bytes = Buffer.from(waiting);
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    waiting = '';
  };
  const close = () => {
    if (open) closeSync(file);
    open = false;
  };
  return {
    write(text) {
      waiting += text;
      if (waiting.length > BUFFER_CHARACTERS) flush();
    },
    keep() {
      flush();
      fsyncSync(file);
      close();
      renameSync(temporary, path);
      syncFolder(dirname(path));
    },
    discard() {
      close();
      rmSync(temporary, { force: true });
    },
  };
}

/** Makes a private folder and removes what runs that died left unfinished in it. */
export function prepareFolder(folder: string): void {
  privateFolder(folder);
  for (const name of readdirSync(folder))
    if (name.endsWith(ENDING)) rmSync(join(folder, name), { force: true });
}
