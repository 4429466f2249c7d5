import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestStore } from '../../approval/request/store.ts';
import { readAddress } from '../../audience/find-recipient.ts';
import type { ListStore } from '../../audience/list-store.ts';
import { recipientId } from '../../audience/recipient-id.ts';
import type { EmailAddress } from '../../core/email-address.ts';
import { fail, isSecError } from '../../core/errors/index.ts';
import { step, type Work } from '../../core/progress.ts';
import type { Ledger } from '../../delivery/ledger.ts';
import type { Erasure, ErasureCounts } from '../../privacy/erasure.ts';
import { type Traces, tracesOf } from '../../privacy/traces.ts';
import type { Client } from '../../workspace/index.ts';
import { openRequests } from './approval.ts';
import { maskedAddress } from './approval-samples.ts';
import { appendAudit } from './audit.ts';
import type { Context } from './context.ts';
import { withEvents } from './event-log.ts';
import { withLedger } from './ledger.ts';
import { createLists } from './lists.ts';
import { personalRecord } from './privacy.ts';
import { rejectFiles, removeRejectedRows } from './privacy-rejects.ts';
import { openSharing, type Sharing } from './share-suppression.ts';

/** Somebody who wants to be forgotten, and what there is of them. */
export interface ErasurePlan extends ErasureCounts {
  readonly address: EmailAddress;
  readonly recipient: string | null;
  readonly importedFrom: readonly string[];
}

/** What an erasure would remove. Changes nothing. @throws what `personalRecord` throws */
export async function planErasure(context: Context, client: Client, email: string): Promise<ErasurePlan> {
  const address = readAddress(email);
  const record = await personalRecord(context, client, email);
  const { lists, sends, events, rejected, recipient } = record;
  const mails = recipient === null ? [] : await mailsTo(context, client, address, recipient);
  const requests = await requestsShowing(await openRequests(client), address);
  const files = lists.flatMap(({ evidence }) => evidence.map(({ file }) => file));
  return {
    address,
    recipient,
    lists: lists.length,
    sends: sends.filter((send) => send.address !== null).length,
    events: events.length,
    rejected: rejected.length,
    mails: mails.length,
    requests: requests.length,
    importedFrom: [...new Set(files)].sort(),
  };
}

/**
 * Erases a person from all that is kept for one client. They are suppressed first: a run that dies in between has sent
 * nothing since, and the next one finds what is left.
 *
 * @throws ERASURE_WAITS while a mail to them is on its way, ERASURE_UNFINISHED; LISTS_… errors before anything happened
 */
export async function* erasePerson(context: Context, client: Client, plan: ErasurePlan): Work<Erasure> {
  const sharing = await openSharing(context, client);
  const store = await createLists(context, client);
  const id = recipientId(store.clientKey, plan.address.key);
  try {
    store.suppression.add(id, context.clock.now(), 'erased');
    await sharing?.refresh();
    return yield* eraseAll(context, client, plan, { store, id, sharing });
  } catch (error) {
    if (!isSecError(error) || error.code === 'ERASURE_WAITS') throw error;
    throw fail('ERASURE_UNFINISHED', { client: client.name, problem: problemOf(error.code) }, error);
  } finally {
    store.close();
    await sharing?.close();
  }
}

/** Their own messages end with what state things were left in, which is another here. */
function problemOf(code: string): string {
  if (code === 'LISTS_BUSY') return 'another command uses the lists';
  if (code.startsWith('LISTS_')) return 'the lists cannot be written';
  if (code.startsWith('EVENTS_')) return 'the events are in use or cannot be written';
  if (code.startsWith('CSV_')) return 'a file of rejected rows cannot be read';
  return 'the record of sends is in use or cannot be written';
}

async function* eraseAll(
  context: Context,
  client: Client,
  { address, importedFrom }: ErasurePlan,
  {
    store,
    id,
    sharing,
  }: { readonly store: ListStore; readonly id: string; readonly sharing?: Sharing | undefined },
): Work<Erasure> {
  const now = context.clock.now();
  const traces = tracesOf(address);
  yield step('Erasing lists, mails and events');
  const sends = await withLedger(context, client, async (ledger) => {
    await refuseWhileSending(client, ledger, id);
    return ledger.erase({ recipient: id }, now, traces);
  });
  const { lists } = store.erase(id, now, traces);
  await sharing?.refresh();
  await sharing?.leaveNoTrace();
  const events = await withEvents(context, client, (log) => log.forget(id));
  yield step('Erasing files');
  const counts = { lists, sends, events, ...(await eraseFiles(context, client, address, id, traces)) };
  yield step('Looking for what is left');
  const left = await whatIsLeft(context, client, address, traces);
  await appendAudit(context, client, 'privacy.erase', { recipient: id, ...counts, left: left.length });
  return {
    client: client.name,
    recipient: id,
    dryRun: false,
    suppressed: true,
    ...counts,
    left,
    importedFrom,
  };
}

/** Whoever is claimed already gets that mail, and its sender would write about them afterwards. */
async function refuseWhileSending(client: Client, ledger: Ledger, id: string): Promise<void> {
  for (const { campaign, state } of await ledger.deliveries(id))
    if (state === 'sending' && (await ledger.isBusy(campaign)))
      throw fail('ERASURE_WAITS', { client: client.name, campaign });
}

async function eraseFiles(
  context: Context,
  client: Client,
  address: EmailAddress,
  id: string,
  traces: Traces,
): Promise<Pick<ErasureCounts, 'rejected' | 'mails' | 'requests'>> {
  let rejected = 0;
  for (const { path } of rejectFiles(client)) rejected += await removeRejectedRows(context, path, traces);
  const { removeMail } = await import('../../adapters/privacy/own-mails.ts');
  const mails = await mailsTo(context, client, address, id);
  for (const path of mails) removeMail(path);
  const requests = await openRequests(client);
  const showing = await requestsShowing(requests, address);
  const at = context.clock.now().toString({ smallestUnit: 'second' });
  // What is shown goes with the request; an approver cannot decide on samples that are not there.
  for (const request of showing)
    requests.close(request, { kind: 'withdrawn', at, why: 'somebody in its samples asked to be erased' });
  return { rejected, mails: mails.length, requests: showing.length };
}

async function mailsTo(
  context: Context,
  client: Client,
  address: EmailAddress,
  recipient: string,
): Promise<string[]> {
  const [{ findMails }, { outboxOf }] = await Promise.all([
    import('../../adapters/privacy/own-mails.ts'),
    import('../../adapters/transports/registry.ts'),
  ]);
  const { root } = context.workspace();
  const { sender } = client.config;
  const outbox = sender?.transport === undefined ? undefined : outboxOf(sender.transport, root);
  const senders = [sender?.email, client.config.policy.identity.from].filter((one) => one !== undefined);
  const whose = { recipient, traces: tracesOf(address), senders };
  const found = [root, ...(outbox === undefined ? [] : [outbox])].flatMap((dir) => [
    ...findMails(dir, whose),
  ]);
  return [...new Set(found)];
}

/** At most so many samples are shown of a campaign. */
const SAMPLES = [1, 2, 3];

/** Ids of open requests whose samples are of this person, as far as their shortened address tells. */
async function requestsShowing(requests: RequestStore, { mailbox, key }: EmailAddress): Promise<string[]> {
  const masks = [mailbox, key].map((one) => maskedAddress(one).toLowerCase());
  return requests
    .all()
    .filter(({ outcome }) => !outcome)
    .map(({ request }) => request.id)
    .filter((id) =>
      SAMPLES.some((n) => {
        const bytes = requests.shown(id, `sample-${n}.json`);
        const text = bytes ? Buffer.from(bytes).toString('utf8').toLowerCase() : '';
        return masks.some((mask) => text.includes(mask));
      }),
    );
}

/** Files of the client that hold the address still; what a write left half-done is removed on the way. */
async function whatIsLeft(
  context: Context,
  client: Client,
  { mailbox }: EmailAddress,
  traces: Traces,
): Promise<string[]> {
  const { findTraces } = await import('../../adapters/privacy/find-traces.ts');
  const left: string[] = [];
  for (const dir of [client.stateDir, client.siteDir, client.campaignsDir])
    for (const path of findTraces(dir, mailbox, traces)) {
      const isHalfDone = path.startsWith(join(client.stateDir, '')) && path.endsWith('.tmp');
      if (isHalfDone) rmSync(path, { force: true });
      else left.push(context.workspace().relative(path));
    }
  return left.sort();
}
