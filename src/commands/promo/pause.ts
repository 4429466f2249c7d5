import { SecCommand } from '../../cli/base-command.ts';
import { campaignName, pause, sendStatus } from '../../cli/context/ledger.ts';
import { campaignArg, clientArg, dryRun, yes } from '../../cli/flags.ts';
import { controlView, receiptView } from '../../cli/views/send-receipt.ts';

export default class PromoPause extends SecCommand {
  static override summary = 'hold a promotion that is being sent';
  static override description = 'The sender finishes what is in flight and stops; resume goes on.';
  static override examples = ['sec promo pause kaldi spring'];
  static override args = { client: clientArg, campaign: campaignArg };
  static override flags = { 'dry-run': dryRun, yes };

  async run() {
    const { args, flags } = await this.parse(PromoPause);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const campaign = await campaignName(context, client, args.campaign);
    if (flags['dry-run']) {
      const standing = await sendStatus(context, client, campaign);
      return this.result(standing, receiptView(standing));
    }
    const receipt = await pause(context, client, campaign);
    return this.result(receipt, controlView(receipt, 'pause'));
  }
}
