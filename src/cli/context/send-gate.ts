import { addedSince, audienceFacts, membersText } from '../../approval/audience-members.ts';
import { type ApprovalBook, checkSend, type Permit } from '../../approval/index.ts';
import type { CurrentAudience } from '../../approval/judge.ts';
import type { AudienceSource } from '../../audience/audience.ts';
import { type Campaign, mainBrief } from '../../campaign/brief/brief.ts';
import type { Message } from '../../campaign/message.ts';
import type { Digest } from '../../core/digest.ts';
import type { Member } from '../../delivery/ledger.ts';
import { totalExcluded } from '../../delivery/tally.ts';
import type { Client } from '../../workspace/index.ts';
import { openBook, openRequests } from './approval.ts';
import type { Context } from './context.ts';
import { openClientLedger } from './ledger.ts';
import { freshClient } from './sending-rules.ts';
import { transportName } from './transport-name.ts';

export interface GatedSend {
  readonly campaign: Campaign;
  readonly messages: ReadonlyMap<string, Message>;
  /** Absent for a campaign that has its people already. */
  readonly audience?: AudienceSource | undefined;
  readonly transport?: string | undefined;
  /** Asks for an approval even where the policy does not. */
  readonly requireApproval?: boolean | undefined;
}

/** Asks the client's rules whether the campaign may go out, now or at a moment. @throws what `checkSend` throws */
export type SendGate = (at?: Temporal.Instant) => Permit | undefined;

/** What is claimed just before the hours end is still on its way for a moment: that moment must be inside as well. */
const MARGIN = Temporal.Duration.from({ seconds: 30 });

/**
 * Prepares the question whether a campaign may go out: asked before a person is asked for a yes that would be
 * refused, before any effect, and before each chunk.
 *
 * @throws APPROVAL_KEYS_BROKEN, TRANSPORT_MISSING
 */
export async function openSendGate(context: Context, client: Client, send: GatedSend): Promise<SendGate> {
  const { campaign, messages, requireApproval = false } = send;
  const { starts, ends } = mainBrief(campaign).fields;
  const book = await openBook(context, client);
  const isAsked = requireApproval || client.config.policy.approval.campaign === 'required';
  const target = isAsked ? transportName(client, send.transport) : '';
  const audience = isAsked ? await currentAudience(context, client, book, send) : undefined;
  const ruled = freshClient(context, client);
  const ask = (rules: Client, now: Temporal.Instant) =>
    checkSend(rules, {
      campaign: campaign.name,
      days: { starts, ends },
      messages,
      target,
      audience: () => audience ?? nobody,
      now,
      book,
      requireApproval,
    });
  return (at = context.clock.now()) => {
    const rules = ruled();
    const permit = ask(rules, at);
    ask(rules, at.add(MARGIN));
    return permit;
  };
}

/** Who would get it now; of a campaign that was begun, who is still to get it. */
async function currentAudience(
  context: Context,
  client: Client,
  book: ApprovalBook,
  { campaign: { name }, audience }: GatedSend,
): Promise<CurrentAudience> {
  const ledger = await openClientLedger(context, client);
  try {
    const record = await ledger.campaign(name);
    const isKnown = book.statements.some(({ statement }) => statement.campaign === name);
    if (!isKnown) return { ...nobody, list: record?.list ?? audience?.list ?? '' };
    if (record) {
      const { candidates, excluded } = await ledger.tally(name);
      const members = await readFrozenMembers(context, client, ledger.members(name));
      return comparable(client, record.list, members, candidates - totalExcluded(excluded));
    }
  } finally {
    await ledger.close();
  }
  if (!audience) return nobody;
  const members = await readMembers(context, client, audience);
  return comparable(client, audience.list, members, audienceFacts(audience.list, members).count);
}

async function comparable(
  client: Client,
  list: string,
  members: string,
  count: number,
): Promise<CurrentAudience> {
  const requests = await openRequests(client);
  const known = new Map<Digest, number>();
  return {
    ...{ list, count },
    // Compared once, whatever the number of chunks: a list may have a million people.
    added(approved) {
      const { digest } = approved;
      const added = known.get(digest) ?? addedSince(approved, requests.members(digest), members);
      known.set(digest, added);
      return added;
    },
  };
}

const nobody: CurrentAudience = { list: '', count: 0, added: () => 0 };

/** The opaque ids of all who may be written to, one a line. */
export async function readMembers(
  context: Context,
  client: Client,
  audience: AudienceSource,
): Promise<string> {
  const { openSuppression } = await import('./audience.ts');
  const suppression = await openSuppression(context, client);
  const ids: string[] = [];
  for await (const candidate of audience.candidates())
    if (candidate.kind === 'recipient' && !suppression.isSuppressed(candidate.recipient.key))
      ids.push(candidate.recipient.id);
  return membersText(ids);
}

/**
 * The same of those whom a campaign has already. An id is made anew from the address that would be written to: a
 * record of sends in which somebody put another address is found by it. Whoever was erased is never written to.
 */
export async function readFrozenMembers(
  context: Context,
  client: Client,
  members: AsyncIterable<Member>,
): Promise<string> {
  const [{ openSuppression }, { createLists }, { idMaker }, { parseEmailAddress }] = await Promise.all([
    import('./audience.ts'),
    import('./lists.ts'),
    import('../../audience/recipient-id.ts'),
    import('../../core/email-address.ts'),
  ]);
  const suppression = await openSuppression(context, client);
  const idOf = idMaker((await createLists(context, client)).clientKey);
  const ids: string[] = [];
  for await (const { address } of members) {
    if (address === null) continue;
    const parsed = parseEmailAddress(address);
    const key = parsed.ok ? parsed.address.key : address;
    if (!suppression.isSuppressed(key)) ids.push(idOf(key));
  }
  return membersText(ids);
}
