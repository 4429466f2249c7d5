import type { Signer } from './statement/envelope.ts';

/** A key pair's public half. */
export interface NewKey {
  /** The first 16 characters of the public key's digest. */
  readonly id: string;
  /** SPKI DER in base64. */
  readonly publicKey: string;
}

/** The private keys that sign one client's approvals on this computer. */
export interface SigningKeys {
  /** As a sentence goes on: `encrypted, under a key in the keychain of this computer.` */
  readonly kept: string;
  /** Whether whoever copies the files of this computer's user has them not. */
  readonly isSealed: boolean;
  create(): Promise<NewKey>;
  /** Undefined where the key is not on this computer. */
  signer(id: string): Promise<Signer | undefined>;
  forget(id: string): Promise<void>;
  /** Lets go of all of them, whether or not they can be read; absent where nothing could keep a new one then. */
  readonly reset?: (() => Promise<void>) | undefined;
}
