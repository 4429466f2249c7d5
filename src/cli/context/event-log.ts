import { type EventLog, tellEvents, type WaitingEvents } from '../../delivery/events/event-log.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { sharedUrl } from './ledger.ts';
import { share } from './share-suppression.ts';

/**
 * What was told of a client's messages: in a file of this machine, or in the database that the office shares, which is
 * told first what this machine kept for it. The caller closes it.
 *
 * @throws EVENTS_BROKEN; SUPPRESSION_OTHER_KEY and LEDGER_… where the office shares it
 */
async function openClientEvents(context: Context, client: Client): Promise<EventLog> {
  const url = sharedUrl(context);
  const here = await openOwnEvents(client);
  if (url === undefined) return here;
  try {
    const [{ openSharedEvents }, { openLists }] = await Promise.all([
      import('../../adapters/ledgers/postgres/shared-events.ts'),
      import('./lists.ts'),
    ]);
    const key = async () => {
      const lists = await openLists(context, client);
      lists?.close();
      return lists?.clientKey;
    };
    const folder = context.workspace().relative(client.stateDir);
    const shared = await openSharedEvents({ url, client: client.name, key, whose: client.name, folder });
    try {
      // Whoever was told of an event takes it for done: whom it suppresses must be known everywhere before.
      if ((await here.first(1)).length > 0) await share(context, client);
      await tellEvents(here, shared);
      return shared;
    } catch (error) {
      await shared.close();
      throw error;
    }
  } finally {
    await here.close();
  }
}

/** The file of this machine alone. @throws EVENTS_BROKEN */
async function openOwnEvents(client: Client): Promise<EventLog & WaitingEvents> {
  const { openEvents } = await import('../../adapters/events/sqlite-log.ts');
  return openEvents(client.stateDir, client.name);
}

export async function withEvents<T>(
  context: Context,
  client: Client,
  work: (log: EventLog) => Promise<T>,
): Promise<T> {
  return closing(await openClientEvents(context, client), work);
}

export interface Recording<T> {
  /** Records in the log that counts. */
  readonly there: (log: EventLog) => Promise<T>;
  /** Records on this machine, for later. */
  readonly here: (log: EventLog) => Promise<T>;
}

/**
 * Records events. Where the office's database cannot be used, it is told later, and what was in the way is thrown all the
 * same.
 *
 * @throws what `openClientEvents` throws, with everything recorded on this machine
 */
export async function recordingEvents<T>(
  context: Context,
  client: Client,
  { there, here }: Recording<T>,
): Promise<T> {
  try {
    return await withEvents(context, client, there);
  } catch (error) {
    if (sharedUrl(context) !== undefined) await closing(await openOwnEvents(client), here);
    throw error;
  }
}

async function closing<T>(log: EventLog, work: (log: EventLog) => Promise<T>): Promise<T> {
  try {
    return await work(log);
  } finally {
    await log.close();
  }
}
