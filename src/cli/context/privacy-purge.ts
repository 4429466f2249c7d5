import { rmSync } from 'node:fs';
import { step, type Work } from '../../core/progress.ts';
import type { Ledger } from '../../delivery/ledger.ts';
import {
  type Cutoffs,
  cutoffsOf,
  type KeptCampaign,
  type PurgePlan,
  planPurge,
} from '../../privacy/retention.ts';
import type { Client } from '../../workspace/index.ts';
import { appendAudit } from './audit.ts';
import type { Context } from './context.ts';
import { withEvents } from './event-log.ts';
import { withLedger } from './ledger.ts';
import { openLists } from './lists.ts';
import { rejectFiles } from './privacy-rejects.ts';

/** What `sec privacy purge --json` prints. */
export interface Purge {
  readonly client: string;
  readonly dryRun: boolean;
  /** The months of site.yaml. */
  readonly retention: Client['config']['retention'];
  readonly lists: readonly { readonly list: string; readonly people: number }[];
  readonly campaigns: readonly { readonly campaign: string; readonly recipients: number }[];
  readonly events: number;
  /** Reject files, relative to the workspace. */
  readonly rejects: readonly string[];
}

export interface PreparedPurge {
  readonly plan: PurgePlan;
  /** What it comes to. */
  readonly purge: Omit<Purge, 'dryRun'>;
}

/** Works out what is older than the client's rules allow. Changes nothing. @throws LISTS_…, LEDGER_… and EVENTS_… errors */
export async function preparePurge(context: Context, client: Client): Promise<PreparedPurge> {
  const { retention } = client.config;
  const before = cutoffsOf(retention, context.clock.now(), client.timezone);
  const store = await openLists(context, client);
  try {
    const { mailed, campaigns } = await withLedger(context, client, async (ledger) => ({
      mailed: before.lists ? await ledger.mailedSince(before.lists) : new Set<string>(),
      campaigns: await keptCampaigns(ledger),
    }));
    const names = store?.names() ?? [];
    const people = names
      .values()
      .flatMap((list) =>
        Iterator.from(store?.lastNamed(list) ?? []).map(({ id, at: named }) => ({ list, id, named })),
      );
    const rejects = rejectFiles(client).map(({ path: file, at }) => ({ file, at }));
    const plan = planPurge(before, { people: before.lists ? people : [], mailed, campaigns, rejects });
    const purge = {
      client: client.name,
      retention,
      lists: plan.lists.map(({ list, ids }) => ({ list, people: ids.length })),
      campaigns: plan.campaigns,
      events: await countEvents(context, client, before),
      rejects: plan.rejects.map((path) => context.workspace().relative(path)),
    };
    return { plan, purge };
  } finally {
    store?.close();
  }
}

async function keptCampaigns(ledger: Ledger): Promise<KeptCampaign[]> {
  const kept: KeptCampaign[] = [];
  for (const campaign of await ledger.campaigns()) {
    const record = await ledger.campaign(campaign);
    if (!record) continue;
    const { planned, sending } = await ledger.tally(campaign);
    const { hours } = await ledger.breakdown(campaign);
    kept.push({
      campaign,
      last: hours.at(-1)?.hour.add({ hours: 1 }) ?? record.frozenAt,
      isOver: sending === 0 && (planned === 0 || record.control === 'cancel'),
      held: await ledger.held({ campaign }),
    });
  }
  return kept;
}

const countEvents = (context: Context, client: Client, { events }: Cutoffs): Promise<number> =>
  events ? withEvents(context, client, (log) => log.before(events)) : Promise.resolve(0);

/** Removes what a plan names, to the last byte. @throws LISTS_…, LEDGER_… and EVENTS_… errors */
export async function* applyPurge(
  context: Context,
  client: Client,
  { plan, purge }: PreparedPurge,
): Work<Purge> {
  yield step('Removing what is older than it may be');
  const store = await openLists(context, client);
  try {
    for (const { list, ids } of plan.lists) store?.remove(list, ids);
  } finally {
    store?.close();
  }
  await withLedger(context, client, async (ledger) => {
    for (const { campaign } of plan.campaigns) await ledger.erase({ campaign }, context.clock.now());
  });
  const { eventsBefore } = plan;
  if (eventsBefore && purge.events > 0)
    await withEvents(context, client, (log) => log.forgetBefore(eventsBefore));
  for (const path of plan.rejects) rmSync(path, { force: true });
  await appendAudit(context, client, 'privacy.purge', {
    people: plan.lists.reduce((sum, { ids }) => sum + ids.length, 0),
    campaigns: plan.campaigns.map(({ campaign }) => campaign).join(' '),
    events: purge.events,
    rejects: plan.rejects.length,
  });
  return { ...purge, dryRun: false };
}
