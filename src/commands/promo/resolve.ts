import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { campaignName, listDoubts, resolveDoubts, sendStatus } from '../../cli/context/ledger.ts';
import { campaignArg, clientArg, dryRun, yes } from '../../cli/flags.ts';
import { doubtsResult, pickDoubts } from '../../cli/results/doubts.ts';
import { doubtsView } from '../../cli/views/send-doubts.ts';
import { receiptView } from '../../cli/views/send-receipt.ts';

export default class PromoResolve extends SecCommand {
  static override summary = 'list those of whom nobody knows whether the mail arrived, and settle them';
  static override examples = [
    'sec promo resolve kaldi spring',
    'sec promo resolve kaldi spring --as accepted --only anna@example.com',
    'sec promo resolve kaldi spring --as not-accepted',
  ];
  static override args = { client: clientArg, campaign: campaignArg };
  static override flags = {
    as: Flags.option({
      options: ['accepted', 'not-accepted'] as const,
      description: 'what you found out; not-accepted lets resume write to them',
    })(),
    only: Flags.string({ multiple: true, description: 'for these addresses alone', helpValue: 'ADDRESS' }),
    'dry-run': dryRun,
    yes,
  };

  async run() {
    const { args, flags } = await this.parse(PromoResolve);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const campaign = await campaignName(context, client, args.campaign);
    const doubts = await listDoubts(context, client, campaign);
    if (!flags.as) {
      const receipt = await sendStatus(context, client, campaign);
      const view = { client: client.name, campaign, timezone: client.timezone, doubts };
      return this.result(doubtsResult(receipt, doubts, 0), doubtsView(view));
    }
    const chosen = pickDoubts(doubts, flags.only, campaign);
    if (flags['dry-run']) {
      const receipt = await sendStatus(context, client, campaign);
      const view = { client: client.name, campaign, timezone: client.timezone, doubts: chosen };
      return this.result(doubtsResult(receipt, chosen, 0), doubtsView(view));
    }
    const found = flags.as === 'accepted' ? 'as having the mail' : 'as not having the mail';
    if (chosen.length > 0)
      await this.confirm(context, `Record ${chosen.length} of those in doubt ${found}?`, flags.yes);
    const ids = chosen.map(({ id }) => id);
    const resolved = await resolveDoubts(context, client, campaign, flags.as, ids);
    const receipt = await sendStatus(context, client, campaign);
    const left = doubts.filter(({ id }) => !ids.includes(id));
    return this.result(doubtsResult(receipt, left, resolved), receiptView(receipt));
  }
}
