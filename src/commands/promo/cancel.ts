import { SecCommand } from '../../cli/base-command.ts';
import { campaignName, control, sendStatus } from '../../cli/context/ledger.ts';
import { campaignArg, clientArg, dryRun, yes } from '../../cli/flags.ts';
import { controlView, receiptView } from '../../cli/views/send-receipt.ts';
import { count } from '../../cli/views/words.ts';

export default class PromoCancel extends SecCommand {
  static override summary = 'stop a promotion for good';
  static override description =
    'Those who have not been written to will not be. What was sent cannot be called back.';
  static override examples = ['sec promo cancel kaldi spring'];
  static override args = { client: clientArg, campaign: campaignArg };
  static override flags = { 'dry-run': dryRun, yes };

  async run() {
    const { args, flags } = await this.parse(PromoCancel);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const campaign = await campaignName(context, client, args.campaign);
    const standing = await sendStatus(context, client, campaign);
    if (flags['dry-run']) return this.result(standing, receiptView(standing));
    const { planned } = standing;
    if (planned > 0)
      await this.confirm(
        context,
        `Never write to the ${count(planned, 'person', 'people')} still to go?`,
        flags.yes,
      );
    const receipt = await control(context, client, campaign, 'cancel');
    return this.result(receipt, controlView(receipt, 'cancel'));
  }
}
