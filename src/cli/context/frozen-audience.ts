import type { AudienceSource, Candidate } from '../../audience/audience.ts';
import type { Message } from '../../campaign/message.ts';
import { fail } from '../../core/errors/index.ts';
import { checkUnchanged } from '../../delivery/freeze.ts';
import type { CampaignRecord } from '../../delivery/ledger.ts';
import type { Client } from '../../workspace/index.ts';
import { listNames, openList } from './audience.ts';
import type { Context } from './context.ts';
import { openClientLedger } from './ledger.ts';
import { readFrozenMembers } from './send-gate.ts';

/** Those of a campaign's people who are still to get it. */
export interface FrozenAudience {
  /** As the list has them, which knows their fields. */
  readonly audience: AudienceSource;
  /** Opaque ids, one a line, from the record of sends: also of whoever left the list since. */
  readonly members: string;
}

/** A campaign as it would go on, and a list or file that was named for it. */
export interface ToGoOn {
  readonly campaign: string;
  readonly messages: ReadonlyMap<string, Message>;
  readonly chosen: AudienceSource | undefined;
}

/**
 * Whom an approval is asked for where the campaign has its people already: nobody else may get it. Undefined where it
 * was not begun.
 *
 * @throws MESSAGE_CHANGED and AUDIENCE_FROZEN, as going on would; APPROVAL_LIST_NEEDED where its people came from a
 *   file that was not named; APPROVAL_NOTHING_NEW where nobody is left
 */
export async function frozenAudience(
  context: Context,
  client: Client,
  { campaign, messages, chosen }: ToGoOn,
): Promise<FrozenAudience | undefined> {
  const ledger = await openClientLedger(context, client);
  try {
    const record = await ledger.campaign(campaign);
    if (!record) return undefined;
    checkUnchanged(record, messages, chosen, await ledger.tally(campaign));
    const members = await readFrozenMembers(context, client, ledger.members(campaign));
    if (members === '') throw fail('APPROVAL_NOTHING_NEW', { client: client.name, subject: `"${campaign}"` });
    const source = chosen ?? (await storedList(context, client, record));
    return { audience: onlyThose(source, new Set(members.split('\n'))), members };
  } finally {
    await ledger.close();
  }
}

async function storedList(
  context: Context,
  client: Client,
  { campaign, list }: CampaignRecord,
): Promise<AudienceSource> {
  if ((await listNames(context, client)).includes(list)) return openList(context, client, list);
  throw fail('APPROVAL_LIST_NEEDED', { client: client.name, campaign, list });
}

function onlyThose(source: AudienceSource, ids: ReadonlySet<string>): AudienceSource {
  async function* candidates(): AsyncGenerator<Candidate> {
    for await (const one of source.candidates())
      if (one.kind === 'recipient' && ids.has(one.recipient.id)) yield one;
  }
  return { ...source, candidates };
}
