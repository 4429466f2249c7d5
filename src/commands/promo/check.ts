import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { campaignNames } from '../../cli/context/campaign.ts';
import { findProblems } from '../../cli/context/campaign-check.ts';
import { campaignArg, clientArg } from '../../cli/flags.ts';
import { promoCheckView } from '../../cli/views/promo-check.ts';

export default class PromoCheck extends SecCommand {
  static override summary = 'look for mistakes in a promotion before it is sent';
  static override args = { client: clientArg, campaign: campaignArg };
  static override flags = {
    external: Flags.boolean({ description: "also ask other people's servers whether links to them work" }),
  };
  static override examples = [
    '<%= config.bin %> promo check maize ziemassvetki',
    '<%= config.bin %> promo check maize ziemassvetki --external',
  ];

  async run() {
    const { args, flags } = await this.parse(PromoCheck);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const choices = async () => (await campaignNames(context, client)).map((value) => ({ value }));
    const campaign = await context.word('campaign', args.campaign, choices);
    const problems = await this.follow(findProblems(context, client, campaign, flags));
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    const result = { client: client.name, campaign, problems, errors, warnings: problems.length - errors };
    return this.result(result, promoCheckView(campaign, problems), errors > 0 ? 1 : 0);
  }
}
