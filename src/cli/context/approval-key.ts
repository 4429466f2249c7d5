import type { NewKey, SigningKeys } from '../../approval/signing-keys.ts';
import { sealStatement } from '../../approval/statement/envelope.ts';
import { fail, isSecError } from '../../core/errors/index.ts';
import type { Client } from '../../workspace/index.ts';
import { openBook, openStatements, pinTrust } from './approval.ts';
import { appendAudit } from './audit.ts';
import type { Context } from './context.ts';
import { openSigningKeys } from './signing-keys.ts';

/** What `sec approval key --json` prints. */
export interface SigningKeyFacts {
  readonly client: string;
  /** Ids of the keys that approvals are trusted under; none where the client was never asked. */
  readonly keys: readonly string[];
  /** Whether approvals can be signed on this computer. */
  readonly isHere: boolean;
  readonly kept: string;
}

/** Which key signs a client's approvals, and how it is kept. @throws APPROVAL_KEYS_BROKEN, APPROVAL_KEY_LOCKED */
export async function signingKeyFacts(context: Context, client: Client): Promise<SigningKeyFacts> {
  const trusted = (await openStatements(context, client)).trust()?.keys ?? [];
  const keys = await openSigningKeys(context, client);
  const ids = trusted.map(({ id }) => id);
  let isHere = false;
  for (const id of ids) isHere ||= (await keys.signer(id)) !== undefined;
  return { client: client.name, keys: ids, isHere, kept: keys.kept };
}

/**
 * Gives a client a new signing key, for one that was lost or may be in other hands: every approval that holds is
 * sealed anew under it, and the old one is trusted no more. A run that dies in between leaves both trusted; it can be
 * repeated.
 *
 * @throws APPROVAL_BROKEN where one does not hold: it must not come to hold by this; APPROVAL_KEY_LOCKED
 */
export async function renewSigningKey(context: Context, client: Client): Promise<SigningKeyFacts> {
  const statements = await openStatements(context, client);
  const trust = await pinTrust(context, client);
  const { broken, statements: opened } = await openBook(context, client);
  const [damaged] = broken;
  if (damaged) throw fail('APPROVAL_BROKEN', { client: client.name, ...damaged });
  const keys = await openSigningKeys(context, client);
  const { id, publicKey } = await createKey(keys);
  const signer = await keys.signer(id);
  if (!signer) throw new TypeError('A key that was just made is there.');
  const since = context.clock.now().toString({ smallestUnit: 'second' });
  const added = { id, publicKey, since };
  statements.writeTrust({ ...trust, keys: [...trust.keys, added] });
  for (const { statement, digest, passkey } of opened)
    statements.keep(digest, sealStatement(statement, signer, passkey));
  statements.writeTrust({ ...trust, keys: [added] });
  for (const old of trust.keys) await keys.forget(old.id);
  await appendAudit(context, client, 'approval.key', {
    key: id,
    before: trust.keys.map((old) => old.id).join(' '),
    statements: opened.length,
  });
  return { client: client.name, keys: [id], isHere: true, kept: keys.kept };
}

/** A vault that does not open holds nothing but keys that are to be replaced: it makes way. */
async function createKey(keys: SigningKeys): Promise<NewKey> {
  try {
    return await keys.create();
  } catch (error) {
    if (!isSecError(error, 'APPROVAL_KEY_LOCKED') || !keys.reset) throw error;
    await keys.reset();
    return keys.create();
  }
}
