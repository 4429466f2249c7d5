import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { fail } from '../../core/errors/index.ts';
import { createSigner, type Signer } from '../../delivery/mime/dkim.ts';
import { truePath } from '../files/true-path.ts';

export interface DkimKey {
  readonly client: string;
  readonly domain: string;
  readonly selector: string;
  /** Path of the private key (PEM): absolute, or below the home folder as `~/…`. */
  readonly key: string;
  /** The workspace: a key in it would go where its files go. */
  readonly root: string;
}

const FEWEST_BITS = 1024;

/**
 * Signs with a private key in a file of its own, for its owner's eyes alone, outside the workspace. RSA is computed
 * beside the main thread.
 *
 * @throws DKIM_KEY_UNUSABLE
 */
export function openDkimKey({ client, domain, selector, key: path, root }: DkimKey): Signer {
  const refuse = (problem: string, cause?: unknown) => fail('DKIM_KEY_UNUSABLE', { client, problem }, cause);
  const file = resolve(root, path.replace(/^~(?=\/)/, homedir()));
  if (isInside(root, file)) throw refuse('it lies in the workspace, whose files are shared and copied');
  const key = read(file, refuse);
  const type = key.asymmetricKeyType;
  if (type === 'rsa') {
    if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < FEWEST_BITS)
      throw refuse('an RSA key needs 1024 bits at least, better 2048');
    const signRsa = promisify(sign);
    return createSigner({
      domain,
      selector,
      algorithm: 'rsa-sha256',
      sign: (text) => signRsa('sha256', text, key),
    });
  }
  if (type !== 'ed25519') throw refuse('it is neither an RSA nor an Ed25519 key');
  const sha256 = (text: Uint8Array) => createHash('sha256').update(text).digest();
  return createSigner({
    domain,
    selector,
    algorithm: 'ed25519-sha256',
    sign: async (text) => sign(null, sha256(text), key),
  });
}

function read(file: string, refuse: (problem: string, cause?: unknown) => Error): KeyObject {
  let pem: string;
  try {
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
      throw refuse('others on this machine may read it; allow it to yourself alone (chmod 600)');
    pem = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw refuse('there is no such file', error);
    if ((error as NodeJS.ErrnoException).code === 'EACCES') throw refuse('you may not read it', error);
    throw error;
  }
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw refuse('it is not a private key in PEM without a passphrase', error);
  }
}

function isInside(root: string, file: string): boolean {
  const way = relative(truePath(root), truePath(file));
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
