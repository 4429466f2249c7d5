import { keyToText, keyVariable, recoveryCode, type Vault, type VaultKey } from '../../vault/index.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { openSealedVault, sealedVaults } from './vault.ts';

/** What `sec vault show --json` prints: names, never values. */
export interface VaultFacts {
  readonly client: string;
  readonly kept: string;
  readonly logins: readonly string[];
}

export async function vaultFacts(context: Context, client: Client): Promise<VaultFacts> {
  const vault = await openSealedVault(context, client);
  return { client: client.name, kept: vault.kept, logins: await loginNames(vault) };
}

/** Names that sec stores for itself begin so; they are nobody's login. */
const OWN = 'sec:';

const loginNames = async (vault: Vault) => (await vault.names()).filter((name) => !name.startsWith(OWN));

/** The codes that open what is sealed for a client on the day its keys are lost, for a sheet of paper. */
export async function recoverySheet(context: Context, client: Client): Promise<string> {
  const [logins, signing] = await Promise.all(
    (await sealedVaults(context, client)).map((vault) => vault.key()),
  );
  const day = context.clock.now().toZonedDateTimeISO(client.timezone).toPlainDate();
  return [
    `Recovery sheet: ${client.config.name} (${client.name})`,
    `Made on ${day}`,
    '',
    ...codeLines('The logins', logins),
    ...codeLines('The key that signs approvals', signing),
    'Whoever has a code can open what it is for. Keep it on paper, locked away, apart from the computer.',
    `To use it: sec vault restore ${client.name}`,
    'After the key is changed (sec vault rotate) this sheet is of no use any more: make a new one.',
    '',
  ].join('\n');
}

/** A line for the secrets of a CI service. It opens this client's vault and nobody else's. */
export async function ciKey(context: Context, client: Client): Promise<{ name: string; value: string }> {
  const key = await (await openSealedVault(context, client)).key();
  return { name: keyVariable(client.name), value: keyToText(key) };
}

/** What is to be changed where, when the office stops looking after a client. */
export interface Offboarding {
  readonly client: string;
  readonly steps: readonly string[];
}

/** A list to go through with the client. Changes nothing. */
export async function offboarding(context: Context, client: Client): Promise<Offboarding> {
  const names = await loginNames(await openSealedVault(context, client));
  const { name, config } = client;
  const steps = [
    ...names.map(
      (what) => `Change the password, key or token of "${what}" at its provider: the office has known it.`,
    ),
    ...(config.sender?.transport?.startsWith('sendgrid:') ? ['Revoke the API key at SendGrid.'] : []),
    ...config.approvers
      .map(() => 'Tell the approvers that links which they have are of no use any more.')
      .slice(0, 1),
    `Take ${keyVariable(name)} out of the secrets of every CI service.`,
    `Hand over the lists, if they are the client's: sec list export ${name} <list>`,
    `Forget the logins here, and the key that signs approvals: sec vault remove ${name} --signing-key`,
    `Destroy the recovery sheet.`,
  ];
  return { client: name, steps };
}

/** A code in lines that can be copied by hand. */
function codeLines(what: string, key: VaultKey | undefined): string[] {
  if (!key) return [];
  const lines = (recoveryCode(key).match(/(?:[^-]+-?){1,4}/g) ?? []).map(
    (line) => `    ${line.replace(/-$/, '')}`,
  );
  return [`${what}:`, ...lines, ''];
}
