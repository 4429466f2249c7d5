import { readFile } from 'node:fs/promises';
import { sha256 } from '../../core/digest.ts';
import { isSecError } from '../../core/errors/index.ts';
import type { MailEvent } from '../../delivery/events/event.ts';
import { type Recorded, type RecordOptions, recordEvents } from '../../delivery/events/record.ts';
import { isSignedBySendGrid, readSendGridEvents } from '../../delivery/events/sendgrid.ts';
import { isSealed, readUnsubscribePath } from '../../delivery/unsubscribe-link.ts';
import type { EventsClient, EventsDesk } from '../../web/events/handler.ts';
import type { Served } from '../../web/loopback.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { recordingEvents } from './event-log.ts';
import { sentCampaigns } from './ledger.ts';
import { createLists } from './lists.ts';
import { share } from './share-suppression.ts';

/**
 * Records what was told of a client's messages, and takes those off its lists who must not be written to.
 *
 * @throws EVENTS_BROKEN, LISTS_KEY_LOST, LISTS_BUSY, LISTS_BROKEN; SUPPRESSION_… and LEDGER_… where the office shares them:
 *   they are recorded on this machine then, and told to the others the next time
 */
export async function takeEvents(
  context: Context,
  client: Client,
  events: readonly MailEvent[],
): Promise<Recorded> {
  const lists = await createLists(context, client);
  try {
    const suppress: RecordOptions['suppress'] = (id, at, cause) => lists.suppression.add(id, at, cause);
    const tell = () => share(context, client);
    return await recordingEvents(context, client, {
      there: (log) => recordEvents(events, { log, suppress, tell }),
      here: (log) => recordEvents(events, { log, suppress }),
    });
  } finally {
    lists.close();
  }
}

/** Answers what comes from outside about messages, until it is closed. @throws PORT_TAKEN, WORKSPACE_NOT_FOUND */
export async function serveEvents(
  context: Context,
  { port, address }: { readonly port: number; readonly address: string },
): Promise<Served> {
  context.workspace();
  const { eventsHandler, longestBody } = await import('../../web/events/handler.ts');
  const { serveRequests } = await import('../../web/serve-requests.ts');
  return serveRequests(eventsHandler(eventsDesk(context)), { port, address, longestBody });
}

/** What the server needs of the office. A client's files are opened for each request, and closed after it. */
function eventsDesk(context: Context): EventsDesk {
  return {
    readLink: readUnsubscribePath,
    async client(name) {
      const workspace = context.workspace();
      if (!workspace.clientNames().includes(name)) return undefined;
      return eventsClient(context, workspace.client(name));
    },
  };
}

async function eventsClient(context: Context, client: Client): Promise<EventsClient> {
  const { name: business, locales, sender } = client.config;
  const lists = await createLists(context, client);
  const key = lists.clientKey;
  lists.close();
  return {
    business,
    locales,
    isSealed: (link) => isSealed(key, link),
    async unsubscribe({ campaign, recipient }) {
      const at = context.clock.now();
      // Whoever was allowed again and clicks once more means it once more: each click is an event of its own.
      const id = sha256(`link\n${campaign}\n${recipient}\n${at}`);
      await takeEvents(context, client, [{ id, kind: 'unsubscribed', at, campaign, recipient }]);
    },
    async takeSendGrid({ signature, timestamp, body }) {
      const publicKey = sender?.sendgridWebhookKey;
      if (publicKey === undefined || !isSignedBySendGrid(publicKey, { signature, timestamp, body }))
        return false;
      const campaigns = await sentCampaigns(context, client);
      const read = readSendGridEvents(new TextDecoder().decode(body), { client: client.name, campaigns });
      if (!read) return false;
      await takeEvents(context, client, read.events);
      return true;
    },
  };
}

/** Whether a file holds SendGrid's events, as its activity page or a webhook's log saves them. */
export async function savedSendGridEvents(context: Context, client: Client, path: string) {
  try {
    const campaigns = await sentCampaigns(context, client);
    return readSendGridEvents(await readFile(path, 'utf8'), { client: client.name, campaigns });
  } catch (error) {
    if (isSecError(error)) throw error;
    return undefined;
  }
}
