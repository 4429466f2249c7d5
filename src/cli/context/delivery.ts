import type { SharedPace } from '../../adapters/ledgers/postgres/shared-pace.ts';
import type { Permit } from '../../approval/index.ts';
import type { AudienceSource } from '../../audience/audience.ts';
import type { Campaign } from '../../campaign/brief/brief.ts';
import type { Message } from '../../campaign/message.ts';
import type { Work } from '../../core/progress.ts';
import { parseAt } from '../../delivery/at.ts';
import type { CampaignRecord, Ledger } from '../../delivery/ledger.ts';
import type { MailroomOptions } from '../../delivery/mailroom.ts';
import { asciiDomain } from '../../delivery/mime/mailbox.ts';
import { type AudiencePlan, planAudience } from '../../delivery/plan.ts';
import type { SendReceipt } from '../../delivery/receipt.ts';
import { sendCampaign } from '../../delivery/send.ts';
import { totalExcluded } from '../../delivery/tally.ts';
import type { TestReceipt } from '../../delivery/test-mail.ts';
import type { Transport } from '../../delivery/transport.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { openClientLedger, sharedUrl, wasBegun } from './ledger.ts';
import { transportAddress } from './transport-name.ts';

export interface SendRequest {
  readonly campaign: Campaign;
  readonly messages: ReadonlyMap<string, Message>;
  /** Not needed once the campaign has its people. */
  readonly audience?: AudienceSource | undefined;
  /** `--transport`; else the client's own. */
  readonly transport?: string | undefined;
  /** When to begin; `now` takes an earlier word back. */
  readonly at?: Temporal.Instant | 'now' | undefined;
  /** What was shown and agreed to. */
  readonly plan?: AudiencePlan | undefined;
  /** `--by-worker`: records everybody, and leaves the sending to a worker. */
  readonly byWorker?: boolean | undefined;
  /** Asks for the client's approval even where the policy does not. */
  readonly requireApproval?: boolean | undefined;
  /** In a worker: what a person paused stays paused. */
  readonly isUnattended?: boolean | undefined;
  /** In a worker: told when others may come to help. */
  readonly begins?: (() => Promise<void>) | undefined;
}

/** What a run did, and under which approvals; none where the rules ask for none. */
export interface ApprovedReceipt extends SendReceipt {
  readonly approval?: Permit;
}

/** What carries the client's mail, about so much of it. @throws TRANSPORT_MISSING, TRANSPORT_INVALID; PLACE_LIVE for an outbox in a website */
export async function openClientTransport(
  context: Context,
  client: Client,
  transport: string | undefined,
  mails?: number,
): Promise<Transport> {
  const address = transportAddress(client, transport);
  const { openTransport, outboxOf } = await import('../../adapters/transports/registry.ts');
  const { root } = context.workspace();
  const outbox = outboxOf(address, root);
  if (outbox !== undefined) {
    const { refuseLivePlace } = await import('./live-places.ts');
    await refuseLivePlace(context, outbox);
  }
  const { storedSenderLogin } = await import('./sender-login.ts');
  const login = await storedSenderLogin(context, client, address);
  return openTransport(address, { env: context.env, clock: context.clock, root, login, mails });
}

/** How the client's mail is made: signed where there is a key. @throws DKIM_KEY_UNUSABLE */
async function mailroomOf(context: Context, client: Client): Promise<MailroomOptions> {
  const { unsubscribeUrl } = await import('./unsubscribe.ts');
  return { unsubscribeUrl: await unsubscribeUrl(context, client), ...(await signerOf(context, client)) };
}

async function signerOf(context: Context, client: Client): Promise<Pick<MailroomOptions, 'signer'>> {
  const { sender } = client.config;
  if (!sender?.dkim) return {};
  const { selector, key, domain = sender.email.slice(sender.email.lastIndexOf('@') + 1) } = sender.dkim;
  const { openDkimKey } = await import('../../adapters/dkim/key.ts');
  const { root } = context.workspace();
  return { signer: openDkimKey({ client: client.name, domain: asciiDomain(domain), selector, key, root }) };
}

/**
 * Works out whom a first send would reach, and checks every recipient's fields on the way. Records nothing.
 *
 * @throws AUDIENCE_EMPTY, MERGE_FIELD_UNKNOWN, MERGE_FIELD_EMPTY
 */
export async function* planSend(
  context: Context,
  client: Client,
  { messages, audience }: { messages: ReadonlyMap<string, Message>; audience: AudienceSource },
): Work<AudiencePlan> {
  const { openSuppression } = await import('./audience.ts');
  const { checkMergeFields, countGaps } = await import('./campaign.ts');
  checkMergeFields(messages, audience.columns);
  const gaps = countGaps(messages);
  const suppression = await openSuppression(context, client);
  const plan = yield* planAudience({ audience, messages, suppression, see: gaps.see });
  gaps.check();
  return plan;
}

/** What `--at` means for a client. @throws TIME_INVALID */
export const readAt = (
  { clock }: Context,
  { timezone }: Client,
  given: string | undefined,
): Temporal.Instant | 'now' | undefined =>
  given === undefined ? undefined : parseAt(given, timezone, clock.now());

/**
 * Sends a campaign to everybody who has not had it. No command can go round the gate: it is asked in here.
 *
 * @throws what `openSendGate`, its gate and `sendCampaign` throw
 */
export async function* send(context: Context, client: Client, request: SendRequest): Work<ApprovedReceipt> {
  const { messages, audience, transport, at, isUnattended, begins } = request;
  const campaign = request.campaign.name;
  const handOver = request.byWorker
    ? (await import('./hand-over.ts')).openHandOver(context, client, request)
    : undefined;
  const [{ openSendGate }, { paceOf, watchOf }] = await Promise.all([
    import('./send-gate.ts'),
    import('./sending-rules.ts'),
  ]);
  const ask = await openSendGate(context, client, request);
  let approval: Permit | undefined;
  const gate = (moment?: Temporal.Instant) => {
    approval = ask(moment) ?? approval;
  };
  if (at !== undefined) gate(at === 'now' ? undefined : at);
  const { openSuppression } = await import('./audience.ts');
  const { setTimeout: wait, setImmediate: nextRound } = await import('node:timers/promises');
  const plan =
    request.plan ?? (audience && (yield* planUnsent(context, client, campaign, messages, audience)));
  const { openSharing } = await import('./share-suppression.ts');
  const opened = new AsyncDisposableStack();
  try {
    const sharing = opened.adopt(await openSharing(context, client), (it) => it?.close());
    const paceKeeper = opened.adopt(await openPaceKeeper(context, client), (it) => it?.close());
    const ledger = opened.adopt(await openClientLedger(context, client), (it) => it.close());
    const before = await ledger.campaign(campaign);
    opened.defer(() => auditSend(context, client, ledger, campaign, before, approval));
    const receipt = yield* sendCampaign({
      mailroom: await mailroomOf(context, client),
      client: client.name,
      campaign,
      messages,
      audience,
      plan,
      ledger,
      suppression: {
        ...(await openSuppression(context, client)),
        ...(sharing && { refresh: sharing.refresh }),
      },
      openTransport: (mails) => openClientTransport(context, client, transport, mails),
      gate,
      at,
      pace: paceOf(client),
      paceKeeper,
      watch: watchOf(context, client, campaign),
      recallMinutes: client.config.sender?.recallMinutes,
      ...{ handOver, isUnattended, begins },
      clock: context.clock,
      timezone: client.timezone,
      sleep: (ms, signal) => wait(ms, undefined, { signal }).catch(() => {}),
      gather: () => nextRound(),
      signal: context.signal,
    });
    return { ...receipt, ...(approval ? { approval } : {}) };
  } finally {
    // Each of them whatever becomes of the others: a connection that is left open keeps a worker from ending.
    await opened.disposeAsync();
  }
}

/** What keeps the client's pace over all machines; undefined where there is no pace, or one machine. */
async function openPaceKeeper(context: Context, client: Client): Promise<SharedPace | undefined> {
  const url = sharedUrl(context);
  if (url === undefined || !client.config.sender?.pace) return undefined;
  const { sharedPace } = await import('../../adapters/ledgers/postgres/shared-pace.ts');
  return sharedPace(url, client.name);
}

/** Writes down what a run did, however it ended: counts and digests, nobody's address. */
async function auditSend(
  context: Context,
  client: Client,
  ledger: Ledger,
  campaign: string,
  before: CampaignRecord | undefined,
  approval: Permit | undefined,
): Promise<void> {
  const after = await ledger.campaign(campaign);
  if (!after || (before && before.requests === after.requests)) return;
  const { candidates, excluded, planned, accepted, rejected, inDoubt } = await ledger.tally(campaign);
  const { appendAudit } = await import('./audit.ts');
  await appendAudit(context, client, 'promo.send', {
    campaign,
    list: after.list,
    messages: Object.values(after.messages).join(' '),
    ...(approval ? { approval: approval.statements.join(' '), tier: approval.tier } : {}),
    ...{ candidates, excluded: totalExcluded(excluded), planned, accepted, rejected, inDoubt },
  });
}

async function* planUnsent(
  context: Context,
  client: Client,
  campaign: string,
  messages: ReadonlyMap<string, Message>,
  audience: AudienceSource,
): Work<AudiencePlan | undefined> {
  if (await wasBegun(context, client, campaign)) return undefined;
  return yield* planSend(context, client, { messages, audience });
}

export interface TestRequest {
  readonly messages: ReadonlyMap<string, Message>;
  readonly to: string;
  readonly transport?: string | undefined;
  readonly checkOnly?: boolean | undefined;
}

/** Sends one copy of the main language's message, or has it checked. Nothing is recorded. @throws TRANSPORT_…, TEST_… */
export async function* sendTest(
  context: Context,
  client: Client,
  { messages, to, transport, checkOnly }: TestRequest,
): Work<TestReceipt> {
  const { sendTestMail } = await import('../../delivery/test-mail.ts');
  const [message] = messages.values();
  if (!message) throw new TypeError('A campaign has a message.');
  const opened = await openClientTransport(context, client, transport);
  try {
    return yield* sendTestMail(message, to, {
      transport: opened,
      clock: context.clock,
      checkOnly,
      mailroom: await mailroomOf(context, client),
    });
  } finally {
    await opened.close();
  }
}
