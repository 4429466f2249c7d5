import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson, type Digest, sha256 } from '../../core/digest.ts';
import { parseStatement, type Statement, statementText } from './statement.ts';

/** What the payload of an envelope is. */
export const payloadTypes = {
  statement: 'application/vnd.sec.approval+json',
  revocation: 'application/vnd.sec.revocation+json',
} as const;
type PayloadType = (typeof payloadTypes)[keyof typeof payloadTypes];

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/);
const assertionSchema = z.strictObject({
  credential: base64url,
  authenticatorData: base64url,
  clientData: base64url,
  signature: base64url,
});

/** What a passkey signed: the statement's digest as the challenge (WebAuthn level 3, section 7.2). */
export type Assertion = z.output<typeof assertionSchema>;

const envelopeSchema = z.strictObject({
  payloadType: z.enum([payloadTypes.statement, payloadTypes.revocation]),
  payload: z.string(),
  signatures: z.tuple([z.strictObject({ keyid: z.string(), sig: z.string() })]),
  passkey: assertionSchema.optional(),
});

/** A signed payload (DSSE v1), with the approver's passkey beside the signature where there is one. */
export type Envelope = z.output<typeof envelopeSchema>;

/** Signs bytes with the client's private key (Ed25519). */
export interface Signer {
  /** The first 16 characters of the public key's digest. */
  readonly keyid: string;
  sign(bytes: Uint8Array): Uint8Array;
}

/** The bytes that DSSE signs: type and payload with their lengths, so that neither can pass for the other. */
export function signedBytes(type: PayloadType, payload: string): Buffer {
  const part = (text: string) => `${Buffer.byteLength(text)} ${text}`;
  return Buffer.from(`DSSEv1 ${part(type)} ${part(payload)}`);
}

/** The text of an envelope as it is stored: canonical, so that any other byte is a changed one. */
export function sealText(type: PayloadType, payload: string, signer: Signer, passkey?: Assertion): string {
  const sig = Buffer.from(signer.sign(signedBytes(type, payload))).toString('base64');
  const envelope: Envelope = {
    payloadType: type,
    payload: Buffer.from(payload).toString('base64'),
    signatures: [{ keyid: signer.keyid, sig }],
    ...(passkey ? { passkey } : {}),
  };
  return `${canonicalJson(envelope)}\n`;
}

export const sealStatement = (statement: Statement, signer: Signer, passkey?: Assertion): string =>
  sealText(payloadTypes.statement, statementText(statement), signer, passkey);

/** A statement whose signature holds. */
export interface Opened {
  readonly statement: Statement;
  readonly digest: Digest;
  readonly keyid: string;
  readonly passkey: Assertion | undefined;
}

/** By key id: Ed25519 public keys as SPKI DER in base64. */
export type TrustedKeys = ReadonlyMap<string, string>;

/** Opens the text of a stored statement, or says in words what is wrong with it. */
export function openEnvelope(text: string, keys: TrustedKeys): Opened | string {
  const envelope = parseEnvelope(text);
  if (!envelope) return 'it was changed, or is not whole';
  if (envelope.payloadType !== payloadTypes.statement) return 'it is not an approval';
  const payload = checkedPayload(envelope, keys);
  if (typeof payload !== 'object') return payload;
  const statement = parseStatement(payload.text);
  if (!statement) return 'it is not of a kind that this version of sec knows';
  if ((statement.tier === 'T3') !== (envelope.passkey !== undefined))
    return 'its passkey is missing, or does not belong to it';
  return { statement, digest: sha256(payload.text), keyid: payload.keyid, passkey: envelope.passkey };
}

/** The payload of any envelope with a signature that holds, or what is wrong with it. */
function checkedPayload(
  { payloadType, payload, signatures: [{ keyid, sig }] }: Envelope,
  keys: TrustedKeys,
): { readonly text: string; readonly keyid: string } | string {
  const key = keys.get(keyid);
  if (key === undefined) return 'it is signed with a key that is not trusted';
  const text = Buffer.from(payload, 'base64').toString('utf8');
  if (!verify(null, signedBytes(payloadType, text), publicKey(key), Buffer.from(sig, 'base64')))
    return 'its signature does not fit';
  return { text, keyid };
}

/** Undefined for a text that is not exactly what `sealText` writes: white space, unused bits and order count. */
function parseEnvelope(text: string): Envelope | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const read = envelopeSchema.safeParse(value);
  if (!read.success || `${canonicalJson(read.data)}\n` !== text) return undefined;
  const { payload, signatures, passkey } = read.data;
  const isExact = [payload, signatures[0].sig].every((part) => reencoded(part, 'base64') === part);
  const parts = passkey ? Object.values(passkey) : [];
  return isExact && parts.every((part) => reencoded(part, 'base64url') === part) ? read.data : undefined;
}

/** Names a public key. @param spki in base64 */
export const keyIdOf = (spki: string): string => sha256(Buffer.from(spki, 'base64')).slice(0, 16);

const publicKey = (spki: string): KeyObject =>
  createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' });

const reencoded = (part: string, encoding: 'base64' | 'base64url') =>
  Buffer.from(part, encoding).toString(encoding);
