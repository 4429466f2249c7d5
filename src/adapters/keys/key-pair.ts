import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { NewKey } from '../../approval/signing-keys.ts';
import { keyIdOf, type Signer } from '../../approval/statement/envelope.ts';

/** A new Ed25519 key pair: its public half, and the private one as PKCS #8 in PEM. */
export function newKeyPair(): { readonly key: NewKey; readonly pem: string } {
  const { privateKey } = generateKeyPairSync('ed25519');
  const publicKey = spkiOf(privateKey);
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { key: { id: keyIdOf(publicKey), publicKey }, pem };
}

/** Signs with the private key in `pem`; undefined where that is no key, or not the one of that id. */
export function signerOf(pem: string, id: string): Signer | undefined {
  const key = readKey(pem);
  if (!key || keyIdOf(spkiOf(key)) !== id) return undefined;
  return { keyid: id, sign: (bytes) => sign(null, bytes, key) };
}

function readKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

const spkiOf = (key: KeyObject): string =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
