import { z } from 'zod';
import { canonicalJson, type Digest, sha256 } from '../../core/digest.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

/** How sure it is that the client said yes, from least to most. */
export const tiers = ['T0', 'T1', 'T2', 'T3'] as const;
export type Tier = (typeof tiers)[number];

/** What can be approved. */
export const kinds = ['site', 'campaign', 'policy'] as const;
export type Kind = (typeof kinds)[number];

const statementSchema = z.strictObject({
  v: z.literal(1),
  client: z.string().min(1),
  kind: z.enum(kinds),
  campaign: z.string().nullable(),
  subject: digest,
  base: digest.nullable(),
  target: z.string(),
  headers: digest.optional(),
  policy: digest,
  shown: digest,
  audience: z.strictObject({ list: z.string(), digest, count: z.int().min(0) }).nullable(),
  request: z.string().regex(/^[0-9a-f]{16}$/),
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
  approver: z.strictObject({ id: z.string().regex(/^[0-9a-f]{16}$/), name: z.string().min(1) }),
  tier: z.enum(tiers),
  notBefore: instant,
  expires: instant,
  prev: digest.nullable(),
});

/**
 * What an approver agreed to. `subject` is the digest of the bytes (a release's tree, a campaign's content, a
 * client's rules), `base` and `target` what they were compared with and where they go, `headers` what a host is told to serve them with
 * (absent for a host that is told nothing), `policy` the rules in
 * force, `shown` what was put before the approver, `audience` the people of a campaign under a keyed digest,
 * `prev` the client's statement before this one. It names nobody but the approver.
 */
export type Statement = z.output<typeof statementSchema>;

/** The bytes that are signed: canonical JSON (RFC 8785). */
export const statementText = (statement: Statement): string => canonicalJson(statement);

/** Names a statement, for revocations, receipts and passkeys. */
export const statementDigest = (statement: Statement): Digest => sha256(statementText(statement));

/** Undefined for bytes that are no statement, or one that is not in its canonical form. */
export function parseStatement(text: string): Statement | undefined {
  try {
    const read = statementSchema.safeParse(JSON.parse(text));
    return read.success && statementText(read.data) === text ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a tier is at least as sure as another. */
export const isAtLeast = (tier: Tier, wanted: Tier): boolean => tiers.indexOf(tier) >= tiers.indexOf(wanted);
