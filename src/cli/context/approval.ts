import { join } from 'node:path';
import { type ApprovalBook, rulesOf } from '../../approval/index.ts';
import { judgeAll, type Wanted } from '../../approval/judge.ts';
import type { RequestStore } from '../../approval/request/store.ts';
import type { Signer } from '../../approval/statement/envelope.ts';
import type { Trust } from '../../approval/trust.ts';
import type { Digest } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { shareApprovals } from './share-approvals.ts';
import { openSignerOf, openSigningKeys } from './signing-keys.ts';

/** A client's requests, kept in its own state. */
export async function openRequests(client: Client): Promise<RequestStore> {
  const { requestFolder } = await import('../../adapters/approvals/request-folder.ts');
  return requestFolder(join(client.stateDir, 'approvals'));
}

/** A client's statements, committed with its site. */
export async function openStatements(context: Context, client: Client) {
  const { statementFolder } = await import('../../adapters/approvals/statement-folder.ts');
  const dir = join(client.siteDir, 'approvals');
  const { sharedFolder } = await import('../../adapters/approvals/shelf-folder.ts');
  const shared = sharedFolder(join(client.stateDir, 'approvals'));
  return statementFolder(client.name, dir, context.workspace().relative(dir), shared);
}

/**
 * All that a client approved, every signature checked.
 *
 * @throws APPROVAL_KEYS_BROKEN; LEDGER_… errors where the office shares them
 */
export async function openBook(context: Context, client: Client): Promise<ApprovalBook> {
  await shareApprovals(context, client);
  const requests = await openRequests(client);
  const statements = await openStatements(context, client);
  if (!statements.trust() && requests.all().length > 0)
    throw fail('APPROVAL_KEYS_BROKEN', {
      client: client.name,
      file: `sites/${client.name}/approvals/keys.json`,
      problem: 'are gone, though the client was asked before',
    });
  return statements.open(rulesOf(client));
}

/** What approvals of the client are checked against; pinned now where nothing was yet. */
export async function pinTrust(context: Context, client: Client): Promise<Trust> {
  const statements = await openStatements(context, client);
  const trusted = statements.trust();
  if (trusted) return trusted;
  const { rulesDigest } = await import('../../approval/rules/rules.ts');
  const rules = rulesOf(client);
  const { id, publicKey } = await (await openSigningKeys(context, client)).create();
  const since = context.clock.now().toString({ smallestUnit: 'second' });
  const trust: Trust = { v: 1, rules: rulesDigest(rules), keys: [{ id, publicKey, since }], passkeys: [] };
  statements.keepRules(rules);
  statements.writeTrust(trust);
  return trust;
}

/** What signs for the client on this computer. @throws APPROVAL_KEY_MISSING, APPROVAL_KEY_LOCKED */
export async function openSigner(context: Context, client: Client): Promise<Signer> {
  const { keys } = await pinTrust(context, client);
  return openSignerOf(
    context,
    client,
    keys.map(({ id }) => id),
  );
}

/** The client's newest statement, which the next one names. */
export function lastStatement({ statements }: ApprovalBook): Digest | null {
  const newest = [...statements].sort((a, b) => (a.statement.notBefore < b.statement.notBefore ? -1 : 1));
  return newest.at(-1)?.digest ?? null;
}

/** The statement under which a release may go live now; null where there is none. */
export async function approvedUnder(
  context: Context,
  client: Client,
  site: Pick<Wanted, 'subject' | 'base' | 'target' | 'headers'>,
): Promise<Digest | null> {
  const book = await openBook(context, client);
  const wanted: Wanted = { ...site, client: client.name, kind: 'site', campaign: null };
  const good = judgeAll(wanted, book, context.clock.now()).find(({ fault }) => fault === undefined);
  return good?.opened.digest ?? null;
}
