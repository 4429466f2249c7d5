import { SecCommand } from '../../cli/base-command.ts';
import { campaignName, sendStatus } from '../../cli/context/ledger.ts';
import { heldBack } from '../../cli/context/recall.ts';
import { campaignArg, clientArg } from '../../cli/flags.ts';
import { heldView, receiptView } from '../../cli/views/send-receipt.ts';

export default class PromoStatus extends SecCommand {
  static override summary = 'show how far a promotion has got, and that everybody is accounted for';
  static override examples = ['sec promo status kaldi spring'];
  static override args = { client: clientArg, campaign: campaignArg };

  async run() {
    const { args, flags } = await this.parse(PromoStatus);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const campaign = await campaignName(context, client, args.campaign);
    const receipt = await sendStatus(context, client, campaign);
    const held = heldView(receipt, await heldBack(context, client, campaign), client.timezone);
    return this.result(receipt, receiptView(receipt, client.timezone) + held);
  }
}
