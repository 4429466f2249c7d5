import { SecCommand } from '../../cli/base-command.ts';
import { readAt, send } from '../../cli/context/delivery.ts';
import { sendStatus } from '../../cli/context/ledger.ts';
import { heldBack } from '../../cli/context/recall.ts';
import { openMailing } from '../../cli/context/sending.ts';
import {
  atFlag,
  campaignArg,
  clientArg,
  dryRun,
  requireApproval,
  transportFlag,
  yes,
} from '../../cli/flags.ts';
import { sendExit } from '../../cli/results/send.ts';
import { heldView, receiptView } from '../../cli/views/send-receipt.ts';
import { fail } from '../../core/errors/index.ts';

export default class PromoResume extends SecCommand {
  static override summary = 'go on with a promotion that stopped or was paused';
  static override description =
    'Writes to those who have not had it yet. Those in doubt are left alone until they are resolved.';
  static override examples = ['sec promo resume kaldi spring'];
  static override args = { client: clientArg, campaign: campaignArg };
  static override flags = {
    transport: transportFlag,
    at: atFlag,
    'require-approval': requireApproval,
    'dry-run': dryRun,
    yes,
  };

  async run() {
    const { args, flags } = await this.parse(PromoResume);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const { campaign, messages } = await openMailing(context, client, args.campaign);
    if (flags['dry-run']) {
      const standing = await sendStatus(context, client, campaign.name);
      if (standing.state === 'unsent')
        throw fail('CAMPAIGN_NOT_SENT', { client: client.name, campaign: campaign.name });
      return this.result(standing, receiptView(standing));
    }
    const at = readAt(context, client, flags.at);
    const request = {
      ...{ campaign, messages, transport: flags.transport, at },
      requireApproval: flags['require-approval'],
    };
    const receipt = await this.follow(send(context, client, request));
    const held = heldView(receipt, await heldBack(context, client, campaign.name), client.timezone);
    return this.result(receipt, receiptView(receipt) + held, sendExit(receipt));
  }
}
