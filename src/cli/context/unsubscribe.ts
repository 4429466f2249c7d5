import type { MailroomOptions } from '../../delivery/mailroom.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { createLists } from './lists.ts';

/**
 * How a mail's reader is taken off the client's lists: by a link of the client's own server where it has one
 * (`sender.unsubscribe`), else by the mail that every message offers.
 *
 * @throws LISTS_KEY_LOST, LISTS_BUSY, LISTS_BROKEN
 */
export async function unsubscribeUrl(
  context: Context,
  client: Client,
): Promise<MailroomOptions['unsubscribeUrl']> {
  const base = client.config.sender?.unsubscribe;
  if (base === undefined) return undefined;
  const { unsubscribeLink } = await import('../../delivery/unsubscribe-link.ts');
  const { clientKey, close } = await createLists(context, client);
  close();
  return ({ campaign }, { id }) =>
    unsubscribeLink(base, clientKey, { client: client.name, campaign, recipient: id });
}
