import { fail } from '../../core/errors/index.ts';
import { outputPath } from '../page/address.ts';

/** Which file stands at which path of the release. Two at one address are refused. */
export interface FilePlan<T> {
  /** @throws ADDRESS_TWICE */
  add(address: string, file: string, content: T): void;
  has(address: string): boolean;
  readonly entries: ReadonlyMap<string, T>;
}

/** What most paths are. */
const FOLDED = /^[a-z0-9/._-]*$/;

/**
 * Paths that differ only in case or in how an accent is written are one path: many file systems and hosts
 * cannot tell them apart.
 */
export function createFilePlan<T>(): FilePlan<T> {
  const entries = new Map<string, T>();
  const owners = new Map<string, string>();
  const fold = (path: string) => (FOLDED.test(path) ? path : path.normalize('NFC').toLowerCase());
  return {
    add(address, file, content) {
      const path = outputPath(address);
      const folded = fold(path);
      const owner = owners.get(folded);
      if (owner !== undefined) throw fail('ADDRESS_TWICE', { address, files: [owner, file] });
      owners.set(folded, file);
      entries.set(path, content);
    },
    has: (address) => owners.has(fold(outputPath(address))),
    entries,
  };
}
