import { z } from 'zod';
import { keyIdOf } from './statement/envelope.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** An approver's passkey, as it was pinned. Its private half never leaves the approver's device. */
const passkeySchema = z.strictObject({
  approver: z.string().regex(/^[0-9a-f]{16}$/),
  name: z.string(),
  credential: z.string().min(1),
  /** COSE key, base64url. */
  publicKey: z.string().min(1),
  /** The relying party: the host name of the approval desk, and its origin. */
  rp: z.string().min(1),
  origin: z.url(),
  since: z.string(),
});
export type Passkey = z.output<typeof passkeySchema>;

const trustSchema = z
  .strictObject({
    v: z.literal(1),
    rules: digest,
    keys: z.array(z.strictObject({ id: z.string(), publicKey: z.string(), since: z.string() })).min(1),
    passkeys: z.array(passkeySchema).default([]),
  })
  .refine(({ keys }) => keys.every(({ id, publicKey }) => keyIdOf(publicKey) === id), 'a key is not its own');

/**
 * What approvals of a client are checked against, pinned when the first one was asked for and committed with the
 * site: public keys, passkeys, and the digest of the rules that the client agreed to then.
 */
export type Trust = z.output<typeof trustSchema>;

/** Undefined for a text that is no list of trusted keys. */
export function parseTrust(text: string): Trust | undefined {
  try {
    return trustSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
