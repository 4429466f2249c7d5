import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { planSend, readAt, send } from '../../cli/context/delivery.ts';
import { sendStatus, wasBegun } from '../../cli/context/ledger.ts';
import { heldBack } from '../../cli/context/recall.ts';
import { openSendGate } from '../../cli/context/send-gate.ts';
import { chooseAudience, openMailing } from '../../cli/context/sending.ts';
import { transportName } from '../../cli/context/transport-name.ts';
import {
  atFlag,
  campaignArg,
  clientArg,
  dryRun,
  mailingFlags,
  requireApproval,
  whereFlag,
  yes,
} from '../../cli/flags.ts';
import { sendExit } from '../../cli/results/send.ts';
import { sendPlanView } from '../../cli/views/send-plan.ts';
import { alreadySentView, handedOverView, heldView, receiptView } from '../../cli/views/send-receipt.ts';
import { startWords } from '../../cli/views/send-start.ts';
import { count } from '../../cli/views/words.ts';
import { plannedReceipt } from '../../delivery/receipt.ts';

export default class PromoSend extends SecCommand {
  static override summary = 'send a promotion to everybody on its list, once';
  static override description =
    'Shows who would get it and asks. The people are fixed at the first send; run it again after a stop, and it ' +
    'goes on with those who have not had it. Nobody is written to twice.';
  static override examples = [
    'sec promo send kaldi spring --dry-run',
    'sec promo send kaldi spring --at "2026-12-24 09:00"',
    'sec promo send kaldi spring --csv customers.csv --basis customer --transport smtp://127.0.0.1:2525',
  ];
  static override args = { client: clientArg, campaign: campaignArg };
  static override flags = {
    ...mailingFlags,
    where: whereFlag,
    at: atFlag,
    'by-worker': Flags.boolean({
      description: 'leave the sending to a running sec worker',
      exclusive: ['transport'],
    }),
    'require-approval': requireApproval,
    'dry-run': dryRun,
    yes,
  };

  async run() {
    const { args, flags } = await this.parse(PromoSend);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const at = readAt(context, client, flags.at);
    const { campaign: opened, messages } = await openMailing(context, client, args.campaign);
    const campaign = opened.name;
    const audience = await chooseAudience(context, client, opened, flags);
    const begun = await wasBegun(context, client, campaign);
    const plan =
      audience && !begun ? await this.follow(planSend(context, client, { messages, audience })) : undefined;
    const before = plan
      ? plannedReceipt(client.name, campaign, plan.tally)
      : await sendStatus(context, client, campaign);
    const transport = transportName(client, flags.transport);

    const segment = audience?.segment;
    if (flags['dry-run']) {
      const shown = plan
        ? sendPlanView({ clientName: client.config.name, campaign, messages, transport, segment, ...plan })
        : '';
      return this.result(before, `${shown}\n${receiptView(before)}`);
    }
    if (plan && context.prompts && !flags.yes)
      process.stderr.write(
        sendPlanView({ clientName: client.config.name, campaign, messages, transport, segment, ...plan }),
      );
    if (before.planned > 0) {
      const gated = {
        ...{ campaign: opened, messages, audience, transport: flags.transport },
        requireApproval: flags['require-approval'],
      };
      (await openSendGate(context, client, gated))(at === 'now' ? undefined : at);
      await this.confirm(
        context,
        `Send "${campaign}" of ${client.config.name} to ${count(before.planned, 'person', 'people')} through ${transport}${startWords(client, at)}?`,
        flags.yes,
      );
    }
    const request = {
      campaign: opened,
      messages,
      audience,
      plan,
      transport: flags.transport,
      at,
      byWorker: flags['by-worker'],
      requireApproval: flags['require-approval'],
    };
    const receipt = await this.follow(send(context, client, request));
    if (flags['by-worker'] && receipt.planned > 0)
      return this.result({ ...receipt, handedOver: true }, handedOverView(receipt, startWords(client, at)));
    const isOld = begun && before.planned === 0 && receipt.state === 'finished';
    const held = heldView(receipt, await heldBack(context, client, campaign), client.timezone);
    const text = isOld ? alreadySentView(receipt) : receiptView(receipt);
    return this.result(receipt, text + held, sendExit(receipt));
  }
}
