import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readAddress } from '../../audience/find-recipient.ts';
import type { ListStore } from '../../audience/list-store.ts';
import { recipientId } from '../../audience/recipient-id.ts';
import { fail } from '../../core/errors/index.ts';
import type { HeldEvent, HeldOnList, PersonalRecord } from '../../privacy/record.ts';
import { tracesOf } from '../../privacy/traces.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { withEvents } from './event-log.ts';
import { withLedger } from './ledger.ts';
import { openLists } from './lists.ts';
import { rejectedRows } from './privacy-rejects.ts';
import { share } from './share-suppression.ts';

/** All that is held of one person for one client. @throws ADDRESS_INVALID, LISTS_…, LEDGER_… and EVENTS_… errors */
export async function personalRecord(
  context: Context,
  client: Client,
  email: string,
): Promise<PersonalRecord> {
  const address = readAddress(email);
  const base = {
    client: client.name,
    business: client.config.name,
    made: context.clock.now(),
    address: address.mailbox,
    rejected: await rejectedRows(context, client, tracesOf(address)),
  };
  await share(context, client);
  const store = await openLists(context, client);
  if (!store) return { ...base, recipient: null, lists: [], sends: [], events: [], suppressed: null };
  try {
    const id = recipientId(store.clientKey, address.key);
    return {
      ...base,
      recipient: id,
      lists: store.names().flatMap((list) => heldOnList(store, list, id)),
      sends: (await withLedger(context, client, (ledger) => ledger.deliveries(id))).map(
        ({ basis: _, ...send }) => send,
      ),
      events: await eventsOf(context, client, id),
      suppressed: store.suppression.find(id) ?? null,
    };
  } finally {
    store.close();
  }
}

function heldOnList(store: ListStore, list: string, id: string): HeldOnList[] {
  const member = store.member(list, id);
  if (!member) return [];
  const { address, language = null, fields } = member;
  const evidence = store.evidence(list, id).map(({ line, import: proof }) => {
    const { delimiter: _, counts: __, ...facts } = proof;
    return { ...facts, line };
  });
  return [{ list, address, language, fields, evidence }];
}

const eventsOf = (context: Context, client: Client, id: string): Promise<HeldEvent[]> =>
  withEvents(context, client, async (log) =>
    (await log.of(id)).map(({ kind, at, campaign = null, reason = null }) => ({
      ...{ kind, at, campaign, reason },
    })),
  );

/**
 * Writes what is held of a person into a folder, readable by its owner alone: as data, and as a page in the client's
 * language.
 *
 * @returns the files as messages name them
 * @throws PLACE_LIVE, EXPORT_EXISTS
 */
export async function writeRecord(
  context: Context,
  client: Client,
  record: PersonalRecord,
  { out, language, replace }: { readonly out: string; readonly language: string; readonly replace: boolean },
): Promise<string[]> {
  const dir = resolve(context.cwd, out);
  const { refuseLivePlace } = await import('./live-places.ts');
  await refuseLivePlace(context, dir);
  const [{ privateFolder, writeFileAtomic }, { recordPage }] = await Promise.all([
    import('../../adapters/files/atomic.ts'),
    import('../views/privacy/page.ts'),
  ]);
  const contact = client.config.sender?.replyTo ?? client.config.sender?.email;
  const files = [
    ['personal-data.json', `${JSON.stringify(record, null, 2)}\n`],
    ['personal-data.html', recordPage(record, { language, timezone: client.timezone, contact })],
  ] as const;
  const shown = (name: string) => join(out, name).replaceAll('\\', '/');
  for (const [name] of files)
    if (!replace && existsSync(join(dir, name))) throw fail('EXPORT_EXISTS', { file: shown(name) });
  privateFolder(dir);
  for (const [name, text] of files) writeFileAtomic(join(dir, name), text, 0o600);
  return files.map(([name]) => shown(name));
}
