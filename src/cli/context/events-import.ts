import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { readAddress } from '../../audience/find-recipient.ts';
import { recipientId } from '../../audience/recipient-id.ts';
import { fail, isSecError } from '../../core/errors/index.ts';
import { step, type Work, warning } from '../../core/progress.ts';
import type { MailEvent } from '../../delivery/events/event.ts';
import type { Recorded } from '../../delivery/events/record.ts';
import { type Owner, readReturnedMail } from '../../delivery/events/returned-mail.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { savedSendGridEvents, takeEvents } from './events.ts';
import { sentCampaigns } from './ledger.ts';
import { createLists } from './lists.ts';

/** What `sec events import --json` prints. */
export interface EventsImport extends Recorded {
  readonly client: string;
  /** Mails and entries that were read. */
  readonly read: number;
  /** Bounces and complaints about mail that this client's sec did not send. */
  readonly foreign: number;
  /** Ordinary mails: answers, out-of-office notes. Somebody has to read them. */
  readonly other: number;
  readonly unreadable: number;
}

/** Reads saved mails and saved events, and records what they say. @throws EVENTS_SOURCE, and what `takeEvents` throws */
export async function* importEvents(
  context: Context,
  client: Client,
  files: readonly string[],
): Work<EventsImport> {
  const owner = await ownerOf(context, client);
  const events: MailEvent[] = [];
  const counts = { read: 0, foreign: 0, other: 0, unreadable: 0 };
  for (const file of files) {
    yield step(`Reading ${file}`);
    const path = resolve(context.cwd, file);
    if (!statSync(path, { throwIfNoEntry: false }))
      throw fail('EVENTS_SOURCE', { file, problem: 'there is no such file or folder' });
    if (/\.json$/i.test(file)) {
      const saved = await savedSendGridEvents(context, client, path);
      if (!saved) throw fail('EVENTS_SOURCE', { file, problem: 'it holds no list of SendGrid events' });
      events.push(...saved.events);
      counts.read += saved.events.length + saved.foreign;
      counts.foreign += saved.foreign;
    } else yield* readMails(path, file, owner, events, counts);
  }
  return { client: client.name, ...counts, ...(await takeEvents(context, client, events)) };
}

async function* readMails(
  path: string,
  file: string,
  owner: Owner,
  events: MailEvent[],
  counts: { read: number; foreign: number; other: number; unreadable: number },
): Work<void> {
  const { savedMails } = await import('../../adapters/events/saved-mails.ts');
  for await (const saved of savedMails(path, file)) {
    counts.read++;
    if ('problem' in saved) {
      counts.unreadable++;
      yield warning(`${saved.place} was left out: ${saved.problem}.`);
      continue;
    }
    const returned = readReturnedMail(saved.mail, owner);
    if (returned.kind === 'event') events.push(returned.event);
    else counts[returned.kind]++;
  }
}

async function ownerOf(context: Context, client: Client): Promise<Owner> {
  return {
    client: client.name,
    campaigns: await sentCampaigns(context, client),
    now: context.clock.now(),
    idOf: await idMakerOf(context, client),
  };
}

/** The opaque id of an address at a client; undefined for what is no address. @throws LISTS_… errors */
export async function idMakerOf(
  context: Context,
  client: Client,
): Promise<(address: string) => string | undefined> {
  const lists = await createLists(context, client);
  const key = lists.clientKey;
  lists.close();
  return (address) => {
    try {
      return recipientId(key, readAddress(address).key);
    } catch (error) {
      if (isSecError(error)) return undefined;
      throw error;
    }
  };
}
