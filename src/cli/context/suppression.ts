import { readAddress } from '../../audience/find-recipient.ts';
import { recipientId } from '../../audience/recipient-id.ts';
import type { SuppressedStore } from '../../audience/suppression.ts';
import { fail } from '../../core/errors/index.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { createLists, createOffice, openLists, openOffice } from './lists.ts';
import { share } from './share-suppression.ts';

/** Whom it concerned, as an id, and whether anything was changed (under --dry-run: would be). */
export interface SuppressionChange {
  readonly recipient: string | null;
  readonly changed: boolean;
}

/** For whom an address is suppressed or allowed: one client, or the office and with it every client. */
export interface Scope {
  /** Undefined for the office. */
  readonly client: Client | undefined;
  /** As a message calls it. */
  readonly name: string;
  readonly email: string;
}

/**
 * Reads the words `<client> <email>`, or `--office <email>`.
 *
 * @throws USAGE for --office with a client, WORD_MISSING, CLIENT_UNKNOWN
 */
export async function suppressionScope(
  context: Context,
  args: { readonly client?: string | undefined; readonly email?: string | undefined },
  office: boolean,
): Promise<Scope> {
  if (!office) {
    const client = await context.client(args.client);
    const email = await context.word('email', args.email, () => []);
    return { client, name: client.config.name, email };
  }
  if (args.email !== undefined)
    throw fail('USAGE', {
      problem: '--office holds for every client, so it goes with an address and no client.',
      command: 'list suppress',
    });
  return {
    client: undefined,
    name: 'any client',
    email: await context.word('email', args.client, () => []),
  };
}

/**
 * Suppresses an address for all lists of the client, or of all clients: known to every machine when this returns.
 *
 * @throws ADDRESS_INVALID, LISTS_… errors; SUPPRESSION_… and LEDGER_… where the office shares them
 */
export async function suppressAddress(
  context: Context,
  { client, email }: Scope,
  { reason, dryRun }: { readonly reason: string | undefined; readonly dryRun: boolean },
): Promise<SuppressionChange> {
  const { key } = readAddress(email);
  await share(context, client);
  const store = dryRun
    ? await openScope(context, client)
    : await (client ? createLists(context, client) : createOffice(context));
  if (!store) return { recipient: null, changed: true };
  const recipient = recipientId(store.clientKey, key);
  const changed = dryRun
    ? !store.suppression.has(recipient)
    : store.suppression.add(recipient, context.clock.now(), reason);
  if (changed && !dryRun) await share(context, client);
  return { recipient, changed };
}

/** Takes a suppression back. @throws what `suppressAddress` throws */
export async function allowAddress(
  context: Context,
  { client, email }: Scope,
  dryRun: boolean,
): Promise<SuppressionChange & { readonly stillByOffice: boolean }> {
  const { key } = readAddress(email);
  await share(context, client);
  const office = client && (await openOffice(context));
  const stillByOffice = office?.suppression.has(recipientId(office.clientKey, key)) ?? false;
  const store = await openScope(context, client);
  if (!store) return { recipient: null, changed: false, stillByOffice };
  const recipient = recipientId(store.clientKey, key);
  const changed = dryRun ? store.suppression.has(recipient) : store.suppression.remove(recipient);
  if (changed && !dryRun) await share(context, client);
  return { recipient, changed, stillByOffice };
}

const openScope = (context: Context, client: Client | undefined): Promise<SuppressedStore | undefined> =>
  client ? openLists(context, client) : openOffice(context);
