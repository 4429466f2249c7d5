import { canonicalJson, type Digest } from '../../core/digest.ts';
import { payloadTypes, type Signer, sealText } from './envelope.ts';

/** Takes an approval back. */
export interface Revocation {
  readonly client: string;
  readonly statement: Digest;
  /** The operator's or the approver's name. */
  readonly by: string;
  readonly reason: string;
  /** Instant in ISO 8601. */
  readonly at: string;
}

/**
 * The signed text of a revocation. Whoever reads approvals lets any file of its name count, whole or not: a
 * revocation that was damaged still takes the approval back.
 */
export const sealRevocation = (revocation: Revocation, signer: Signer): string =>
  sealText(payloadTypes.revocation, canonicalJson({ v: 1, ...revocation }), signer);
