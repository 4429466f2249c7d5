import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { createCampaign, problemOfCampaignName } from '../../cli/context/campaign.ts';
import { templateNames } from '../../cli/context/campaign-templates.ts';
import { campaignArg, clientArg, dryRun, yes } from '../../cli/flags.ts';
import { promoNewView } from '../../cli/views/promo-new.ts';

export default class PromoNew extends SecCommand {
  static override summary = 'begin a promotion: write its brief, ready to be filled in';
  static override args = { client: clientArg, campaign: campaignArg };
  static override flags = {
    template: Flags.string({ description: 'how the mail looks: promo, newsletter, event or notice' }),
    subject: Flags.string({ description: 'subject of the mail' }),
    list: Flags.string({ description: 'the list of customers it goes to' }),
    'dry-run': dryRun,
    yes,
  };
  static override examples = [
    '<%= config.bin %> promo new maize lieldienas --template promo --subject "Lieldienu kulīči"',
  ];

  async run() {
    const { args, flags } = await this.parse(PromoNew);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const ask = (question: string, check?: (text: string) => true | string) =>
      context.prompts?.text(question, check ? { check } : {});
    const none = () => [];
    const name = await context.word(
      'campaign',
      args.campaign ?? (await ask('A short name for it, such as spring?', isCampaignName)),
      none,
    );
    const templates = async () => (await templateNames(context, client)).map((value) => ({ value }));
    const template = await context.word(
      'template',
      flags.template ?? (context.prompts ? undefined : 'promo'),
      templates,
    );
    const subject = flags.subject ?? (await ask('Subject of the mail?')) ?? '✎ Subject of the mail';
    const file = await createCampaign(context, client, {
      name,
      template,
      subject,
      list: flags.list,
      dryRun: flags['dry-run'],
    });
    const result = { client: client.name, campaign: name, template, file, written: !flags['dry-run'] };
    return this.result(result, promoNewView(client.name, name, file, flags['dry-run']));
  }
}

const isCampaignName = (text: string) => {
  const suggestion = problemOfCampaignName(text);
  return (
    suggestion === undefined || `Small letters a–z, digits and hyphens${suggestion && `: ${suggestion}`}.`
  );
};
