import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Passkey } from '../../approval/trust.ts';
import { sha256 } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import type { Client } from '../../workspace/index.ts';
import { openStatements, pinTrust } from './approval.ts';
import { appendAudit } from './audit.ts';
import type { Context } from './context.ts';

/** A passkey that an approver made, by the number that they read out. */
export interface ListedPasskey {
  readonly fingerprint: string;
  readonly approver: string;
  readonly since: string;
  readonly pinned: boolean;
}

const pendingDir = (client: Client) => join(client.stateDir, 'approvals', 'passkeys');

/** `3f9a-12bc-77de`: read out on the phone, so that nobody pins another's passkey. */
const fingerprintOf = ({ credential, publicKey }: Pick<Passkey, 'credential' | 'publicKey'>): string =>
  (sha256(`${credential}\n${publicKey}`).slice(0, 12).match(/.{4}/g) ?? []).join('-');

/** Keeps a new passkey until the office pins it. Until then it approves nothing. */
export async function keepPending(client: Client, passkey: Passkey): Promise<string> {
  const { privateFolder, writeFileAtomic } = await import('../../adapters/files/atomic.ts');
  const fingerprint = fingerprintOf(passkey);
  privateFolder(pendingDir(client));
  writeFileAtomic(join(pendingDir(client), `${fingerprint}.json`), `${JSON.stringify(passkey)}\n`, 0o600);
  return fingerprint;
}

/** Pinned passkeys, then those that wait to be. */
export async function listPasskeys(context: Context, client: Client): Promise<ListedPasskey[]> {
  const pinned = (await openStatements(context, client)).trust()?.passkeys ?? [];
  const row = (isPinned: boolean) => (passkey: Passkey) => ({
    fingerprint: fingerprintOf(passkey),
    approver: passkey.name,
    since: passkey.since,
    pinned: isPinned,
  });
  return [...pinned.map(row(true)), ...pendingPasskeys(client).map(row(false))];
}

/**
 * Trusts a passkey from now on, after its owner read its number out.
 *
 * @throws PASSKEY_UNKNOWN
 */
export async function pinPasskey(
  context: Context,
  client: Client,
  fingerprint: string,
): Promise<ListedPasskey> {
  const passkey = pendingPasskeys(client).find((one) => fingerprintOf(one) === fingerprint.toLowerCase());
  if (!passkey) throw fail('PASSKEY_UNKNOWN', { client: client.name });
  const trust = await pinTrust(context, client);
  const statements = await openStatements(context, client);
  statements.writeTrust({ ...trust, passkeys: [...trust.passkeys, passkey] });
  rmSync(join(pendingDir(client), `${fingerprintOf(passkey)}.json`));
  const facts = { approver: passkey.approver, passkey: fingerprintOf(passkey) };
  await appendAudit(context, client, 'approval.passkey', facts);
  const { name, since } = passkey;
  return { fingerprint: fingerprintOf(passkey), approver: name, since, pinned: true };
}

function pendingPasskeys(client: Client): Passkey[] {
  const dir = pendingDir(client);
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(dir, name), 'utf8')) as Passkey);
}
