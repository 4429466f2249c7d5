import { readAddress } from '../../audience/find-recipient.ts';
import { recipientId } from '../../audience/recipient-id.ts';
import type { Client } from '../../workspace/index.ts';
import { createLists, openLists } from './audience.ts';
import type { Context } from './context.ts';

/** Whom it concerned, as an id, and whether anything was changed (under --dry-run: would be). */
export interface SuppressionChange {
  readonly recipient: string | null;
  readonly changed: boolean;
}

/** Suppresses an address for all lists of the client. @throws ADDRESS_INVALID, LISTS_KEY_LOST, LISTS_BUSY, LISTS_BROKEN */
export async function suppressAddress(
  context: Context,
  client: Client,
  address: string,
  { reason, dryRun }: { readonly reason: string | undefined; readonly dryRun: boolean },
): Promise<SuppressionChange> {
  const { key } = readAddress(address);
  const store = dryRun ? await openLists(client) : await createLists(client);
  if (!store) return { recipient: null, changed: true };
  const recipient = recipientId(store.clientKey, key);
  const changed = dryRun
    ? !store.suppression.has(recipient)
    : store.suppression.add(recipient, context.clock.now(), reason);
  return { recipient, changed };
}

/** Takes a suppression back. @throws ADDRESS_INVALID, LISTS_KEY_LOST, LISTS_BUSY, LISTS_BROKEN */
export async function allowAddress(
  client: Client,
  address: string,
  dryRun: boolean,
): Promise<SuppressionChange> {
  const { key } = readAddress(address);
  const store = await openLists(client);
  if (!store) return { recipient: null, changed: false };
  const recipient = recipientId(store.clientKey, key);
  const changed = dryRun ? store.suppression.has(recipient) : store.suppression.remove(recipient);
  return { recipient, changed };
}
