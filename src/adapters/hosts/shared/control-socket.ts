import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A name for the socket over which commands to one host share one connection, in a private folder that ends with
 * this process. It is short, because a socket's name may have about a hundred bytes (unix(7)).
 */
export function controlSocket(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sec-ssh-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'c');
}
