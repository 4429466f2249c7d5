import { step, type Work } from '../../core/progress.ts';
import type { MailEvent } from '../../delivery/events/event.ts';
import {
  listedEvent,
  readListed,
  SUPPRESSION_LISTS,
  type SuppressionList,
} from '../../delivery/events/suppressions.ts';
import type { Ledger } from '../../delivery/ledger.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { takeEvents } from './events.ts';
import { type EventsImport, idMakerOf } from './events-import.ts';
import { openClientLedger } from './ledger.ts';

/**
 * Asks SendGrid whom it writes to no more, and records what that says of the client's mail: for a client without a
 * public server. Everything is read before anything is recorded; asking again counts nothing twice.
 *
 * @throws TRANSPORT_INVALID without a key, EVENTS_REFUSED, and what `takeEvents` throws
 */
export async function* pollSendGrid(context: Context, client: Client): Work<EventsImport> {
  const [{ sendgridList }, { storedSenderLogin }, { withKey }] = await Promise.all([
    import('../../adapters/events/sendgrid-lists.ts'),
    import('./sender-login.ts'),
    import('../../adapters/transports/sendgrid/key.ts'),
  ]);
  const env = withKey(context.env, (await storedSenderLogin(context, client, 'sendgrid:'))?.apiKey);
  const idOf = await idMakerOf(context, client);
  const events: MailEvent[] = [];
  const counts = { read: 0, foreign: 0, other: 0, unreadable: 0 };
  const ledger = await openClientLedger(context, client);
  try {
    const since = await firstSend(ledger);
    if (!since) return { client: client.name, ...counts, added: {}, known: 0, suppressed: 0 };
    for (const list of Object.keys(SUPPRESSION_LISTS) as SuppressionList[]) {
      yield step(`Asking SendGrid for ${list.replace('_', ' ')}`);
      for await (const entry of sendgridList(env, list, since)) {
        counts.read++;
        const listed = readListed(entry);
        const recipient = listed && idOf(listed.email);
        if (!listed || recipient === undefined) {
          counts.unreadable++;
          continue;
        }
        const deliveries = await ledger.deliveries(recipient);
        const event = listedEvent(list, listed, recipient, deliveries);
        if (event) events.push(event);
        else counts.foreign++;
      }
    }
  } finally {
    await ledger.close();
  }
  return { client: client.name, ...counts, ...(await takeEvents(context, client, events)) };
}

/** When the client's first campaign was begun: nothing before that is about its mail. */
async function firstSend(ledger: Ledger): Promise<Temporal.Instant | undefined> {
  const records = await Promise.all((await ledger.campaigns()).map((name) => ledger.campaign(name)));
  return records
    .flatMap((record) => record?.frozenAt ?? [])
    .sort(Temporal.Instant.compare)
    .at(0);
}
