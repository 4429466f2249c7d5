export type { KeyKeeper } from './keeper.ts';
export { keyFromRecoveryCode, keyFromText, keyToText, keyVariable, recoveryCode } from './key-text.ts';
export { KEY_BYTES, keyIdOf, NONCE_BYTES, seal, sealedBy, unseal, type VaultKey } from './sealed.ts';
export type { Vault } from './vault.ts';
