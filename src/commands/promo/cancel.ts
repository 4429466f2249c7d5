import { SecCommand } from '../../cli/base-command.ts';
import { campaignName, sendStatus } from '../../cli/context/ledger.ts';
import { cancelCampaign, heldBack } from '../../cli/context/recall.ts';
import { campaignArg, clientArg, dryRun, yes } from '../../cli/flags.ts';
import { controlView, recallView, receiptView } from '../../cli/views/send-receipt.ts';
import { count } from '../../cli/views/words.ts';

export default class PromoCancel extends SecCommand {
  static override summary = 'stop a promotion for good';
  static override description =
    'Those who have not been written to will not be. What SendGrid still holds back (sender.recallMinutes) is called ' +
    'back, until 10 minutes before it leaves; what was sent otherwise cannot be.';
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
    const { count: held } = await heldBack(context, client, campaign);
    if (planned + held > 0) await this.confirm(context, question(planned, held), flags.yes);
    const receipt = await cancelCampaign(context, client, campaign);
    const text = receipt.stopped === undefined ? controlView(receipt, 'cancel') : recallView(receipt);
    return this.result(receipt, text);
  }
}

function question(planned: number, held: number): string {
  const never = `Never write to the ${count(planned, 'person', 'people')} still to go`;
  const back = `what is not too late of ${count(held, 'mail')} that SendGrid holds`;
  if (held === 0) return `${never}?`;
  return planned === 0 ? `Call back ${back}?` : `${never}, and call back ${back}?`;
}
