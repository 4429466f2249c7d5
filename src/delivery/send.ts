import type { AudienceSource } from '../audience/audience.ts';
import type { Message } from '../campaign/message.ts';
import type { Clock, Sleep } from '../core/clock.ts';
import { fail } from '../core/errors/index.ts';
import { step, type Work, warning } from '../core/progress.ts';
import { deliver } from './deliver.ts';
import type { Ending } from './ending.ts';
import { checkUnchanged, freezeRequest } from './freeze.ts';
import { gateOfHold, openHold } from './hold.ts';
import type { CampaignRecord, Ledger, LedgerWriter } from './ledger.ts';
import { type MailroomOptions, openMailroom } from './mailroom.ts';
import { untilOthersEnd } from './others.ts';
import type { Pace } from './pace/pace.ts';
import type { PaceKeeper } from './pace/pacing.ts';
import { type AudiencePlan, planAudience } from './plan.ts';
import { receiptOf, type SendReceipt, stateOf } from './receipt.ts';
import { checkOverdue, momentText, untilScheduled } from './schedule.ts';
import { checkSender } from './sender.ts';
import type { Suppression } from './suppression.ts';
import { isUntouched, recorded, toGo } from './tally.ts';
import type { Transport } from './transport.ts';
import { verdict } from './verdict.ts';
import type { Watch } from './watch.ts';

export interface SendOptions {
  readonly client: string;
  readonly campaign: string;
  readonly messages: ReadonlyMap<string, Message>;
  /** Whom to write to; not needed once the campaign has its people. */
  readonly audience?: AudienceSource | undefined;
  /** What was shown and agreed to; made here where it is missing. */
  readonly plan?: AudiencePlan | undefined;
  readonly ledger: Ledger;
  readonly suppression: Suppression;
  readonly mailroom?: MailroomOptions | undefined;
  /** Opened once it is clear that something is to be sent. @param mails how many, about */
  readonly openTransport: (mails: number) => Promise<Transport>;
  /**
   * Throws where the client's rules do not allow sending at a moment: now unless said. Asked before any effect, and
   * before each chunk.
   */
  readonly gate: (at?: Temporal.Instant) => void;
  /** When to begin, at the first send or anew; `now` takes an earlier word back. */
  readonly at?: Temporal.Instant | 'now' | undefined;
  readonly pace?: Pace | undefined;
  /** Holds the pace to what all machines send, where several do. */
  readonly paceKeeper?: PaceKeeper | undefined;
  readonly watch?: Watch | undefined;
  /** How long mail is held back, so that it can be called back; not at all unless said. */
  readonly recallMinutes?: number | undefined;
  /** Puts the campaign up for a worker, which sends it in place of this run. */
  readonly handOver?: ((start: Temporal.Instant | undefined) => Promise<void>) | undefined;
  /** Told when it is let in and may send: others may come to help from now on. */
  readonly begins?: (() => Promise<void>) | undefined;
  /** Nobody sits here who said to go on: what a person paused stays paused. */
  readonly isUnattended?: boolean | undefined;
  readonly clock: Clock;
  /** In which times are told: the client's. */
  readonly timezone?: string | undefined;
  readonly sleep: Sleep;
  readonly gather?: (() => Promise<void>) | undefined;
  readonly signal: AbortSignal;
}

/**
 * Brings a campaign to everybody who has not had it: the first time it freezes the audience, later it goes on
 * with what is left. A campaign that is finished is left as it is.
 *
 * @throws refusals of the gate; SENDER_UNUSABLE, SCHEDULE_OVERDUE, CAMPAIGN_NOT_SENT, CAMPAIGN_CANCELLED, AUDIENCE_FROZEN, AUDIENCE_CHANGED,
 *   AUDIENCE_EMPTY, MESSAGE_CHANGED, CAMPAIGN_BUSY and TRANSPORT_… before anything went out; SEND_… with the
 *   receipt when it ended part-way
 */
export async function* sendCampaign(options: SendOptions): Work<SendReceipt> {
  const { client, campaign, messages, audience, ledger, clock, gate } = options;
  const began = clock.now();
  const receipt = () => standingReceipt(ledger, client, campaign, began.until(clock.now()));
  checkSender(messages.values());

  const record = await ledger.campaign(campaign);
  const before = await ledger.tally(campaign);
  const start = startOf(options, record);
  gate(start);
  if (!record && !audience) throw fail('CAMPAIGN_NOT_SENT', { client, campaign });
  if (record) {
    checkUnchanged(record, messages, audience, before);
    if (toGo(before) === 0) return receipt();
    if (record.control === 'cancel') throw fail('CAMPAIGN_CANCELLED', { campaign, planned: before.planned });
    if (record.control === 'pause' && options.isUnattended) return receipt();
  }
  if (start && isUntouched(before)) checkOverdue(options, start, began);
  const plan =
    record || !audience ? undefined : (options.plan ?? (yield* planAudience({ ...options, audience })));

  if (options.signal.aborted)
    throw fail('CANCELLED', { state: 'Nothing was recorded and nothing was sent.' });
  if (options.handOver) {
    const writer = await ledger.write(campaign, clock.now());
    try {
      yield* enter(options, record, writer, plan, start);
    } finally {
      await writer.release();
    }
    await options.handOver(start);
    return { ...(await receipt()), state: 'waiting' };
  }
  const transport = await options.openTransport(plan ? plan.tally.planned : toGo(before));
  try {
    yield step(`Connecting to ${transport.name}`);
    await transport.check();
    // Its people are recorded by one alone; whoever comes after that may help.
    const writer = await ledger.write(campaign, clock.now(), record ? 'together' : 'alone');
    try {
      yield* enter(options, record, writer, plan, start);
      const alone = yield* waitAndDeliver(options, writer, transport, start);
      await writer.release();
      if (alone.kind === 'halted') await ledger.request(campaign, 'pause');
      const ending = options.isUnattended ? alone : yield* seeOthersOut(options, transport, alone);
      const done = await receipt();
      if (!done.balanced)
        throw fail('LEDGER_UNBALANCED', { campaign, candidates: done.candidates, recorded: recorded(done) });
      return verdict(ending, done, transport.name);
    } finally {
      await writer.release();
    }
  } finally {
    await transport.close();
  }
}

/** What the campaign's new writer does before the first mail: its people, its beginning, and go. */
async function* enter(
  options: SendOptions,
  record: CampaignRecord | undefined,
  writer: LedgerWriter,
  plan: AudiencePlan | undefined,
  start: Temporal.Instant | undefined,
): Work<void> {
  const { campaign, audience, ledger } = options;
  if (writer.lost > 0) yield lostWarning(writer.lost);
  if (audience && plan) yield* freezeNow(options, record, writer, audience, plan);
  else if (options.at) await writer.schedule(start);
  if (record?.control === 'pause') await ledger.request(campaign, 'go');
}

const lostWarning = (count: number) =>
  warning(`An earlier send stopped suddenly: ${count} were in flight and are in doubt now.`);

/** When the campaign is to begin: the word of this command line, else what was said before. */
function startOf({ at }: SendOptions, record: CampaignRecord | undefined): Temporal.Instant | undefined {
  return at === 'now' ? undefined : (at ?? record?.scheduledFor);
}

async function* waitAndDeliver(
  options: SendOptions,
  writer: LedgerWriter,
  transport: Transport,
  start: Temporal.Instant | undefined,
): Work<Ending> {
  const { campaign, messages, ledger, clock, pace } = options;
  if (start && Temporal.Instant.compare(clock.now(), start) < 0) {
    yield step(`Waiting to begin ${campaign} at ${momentText(start, options.timezone)}`);
    const control = yield* untilScheduled(options);
    if (control === 'interrupted') return { kind: 'interrupted' };
    if (control !== 'go') return { kind: control === 'pause' ? 'paused' : 'cancelled' };
    // The machine may have slept through it.
    checkOverdue(options, start, clock.now());
  }
  await options.begins?.();
  const before = await writer.look();
  yield step(`Sending ${campaign} to ${toGo(before.tally)} people through ${transport.name}`);
  const mailroom = openMailroom(messages, clock, options.mailroom);
  const pacing = pace && {
    pace,
    keeper: options.paceKeeper,
    sentSince: (since: Temporal.Instant) => ledger.sentSince(since),
  };
  const { batch } = (await ledger.campaign(campaign)) ?? {};
  const held = yield* openHold({ writer, transport, batch, minutes: options.recallMinutes });
  const gate = gateOfHold(options.gate, held, () => clock.now());
  return yield* deliver({ ...options, gate, writer, transport, mailroom, pacing, held, before });
}

/**
 * A person who sends wants to know how the campaign ended, not only what was left for this run: goes on with what others
 * leave, and shuts out those who are gone.
 */
async function* seeOthersOut(options: SendOptions, transport: Transport, ending: Ending): Work<Ending> {
  const { campaign, ledger, clock } = options;
  let last = ending;
  while (yield* untilOthersEnd(options, last)) {
    const writer = await ledger.write(campaign, clock.now(), 'together');
    try {
      if (writer.lost > 0) yield lostWarning(writer.lost);
      last = yield* waitAndDeliver(options, writer, transport, undefined);
    } finally {
      await writer.release();
    }
    if (last.kind === 'halted') await ledger.request(campaign, 'pause');
  }
  return last;
}

async function* freezeNow(
  { campaign, client, messages, ledger, clock, at }: SendOptions,
  record: CampaignRecord | undefined,
  writer: LedgerWriter,
  audience: AudienceSource,
  plan: AudiencePlan,
): Work<void> {
  // Somebody else may have begun it between the look and the lock.
  if (!record && (await ledger.campaign(campaign))) throw fail('CAMPAIGN_BUSY', { client, campaign });
  yield step(`Recording ${plan.tally.candidates} people`);
  const scheduledFor = at === 'now' ? undefined : at;
  await writer.freeze({ ...freezeRequest(audience, messages, plan, clock.now()), scheduledFor });
}

/** Where a campaign stands, counted from the ledger's rows. */
export async function standingReceipt(
  ledger: Ledger,
  client: string,
  campaign: string,
  took: Temporal.Duration,
): Promise<SendReceipt> {
  const record = await ledger.campaign(campaign);
  const tally = await ledger.tally(campaign);
  const isBusy = record !== undefined && (await ledger.isBusy(campaign));
  return receiptOf({
    client,
    campaign,
    state: stateOf(record?.control, tally, isBusy, record?.recalled),
    tally,
    begins: record?.scheduledFor,
    recalled: record?.recalled ?? 0,
    requests: record?.requests ?? 0,
    durationMs: Math.round(took.total('milliseconds')),
  });
}
