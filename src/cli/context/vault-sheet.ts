import { keyToText, keyVariable, recoveryCode } from '../../vault/index.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { listsKept } from './list-key.ts';
import { openSealedVault } from './vault.ts';
import { keyToAll } from './vault-key.ts';

/** What `sec vault show --json` prints: names, never values. */
export interface VaultFacts {
  readonly client: string;
  readonly kept: string;
  readonly logins: readonly string[];
  /** What protects the lists, as a sentence goes on; null where there are none. */
  readonly lists: string | null;
}

export async function vaultFacts(context: Context, client: Client): Promise<VaultFacts> {
  const vault = await openSealedVault(context, client);
  const lists = (await listsKept(context, client)) ?? null;
  return { client: client.name, kept: vault.kept, logins: await vault.names(), lists };
}

/** The code that opens the vault on the day its key is lost, for a sheet of paper. */
export async function recoverySheet(context: Context, client: Client): Promise<string> {
  const key = await keyToAll(context, client);
  const day = context.clock.now().toZonedDateTimeISO(client.timezone).toPlainDate();
  return [
    `Recovery sheet: the logins and lists of ${client.config.name} (${client.name})`,
    `Made on ${day}`,
    '',
    ...groupedLines(recoveryCode(key)),
    '',
    'Whoever has this code can open the vault and read the lists. Keep it on paper, locked away, apart from the computer.',
    `To use it: sec vault restore ${client.name}`,
    'After the key is changed (sec vault rotate) this sheet is of no use any more: make a new one.',
    '',
  ].join('\n');
}

/** A line for the secrets of a CI service. It opens this client's vault and nobody else's. */
export async function ciKey(context: Context, client: Client): Promise<{ name: string; value: string }> {
  const key = await keyToAll(context, client);
  return { name: keyVariable(client.name), value: keyToText(key) };
}

/** What is to be changed where, when the office stops looking after a client. */
export interface Offboarding {
  readonly client: string;
  readonly steps: readonly string[];
}

/** A list to go through with the client. Changes nothing. */
export async function offboarding(context: Context, client: Client): Promise<Offboarding> {
  const names = await (await openSealedVault(context, client)).names();
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
    `Forget the logins here: sec vault remove ${name}`,
    `Destroy the recovery sheet.`,
  ];
  return { client: name, steps };
}

const groupedLines = (code: string) =>
  (code.match(/(?:[^-]+-?){1,4}/g) ?? []).map((line) => `    ${line.replace(/-$/, '')}`);
