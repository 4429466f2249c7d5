import { once } from 'node:events';
import { resolve } from 'node:path';
import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { openCampaign } from '../../cli/context/campaign.ts';
import { previewCampaign, servePreviews, writePreviews } from '../../cli/context/campaign-preview.ts';
import { campaignArg, clientArg } from '../../cli/flags.ts';
import { promoPreviewAddress, promoPreviewView } from '../../cli/views/promo-preview.ts';
import { fail } from '../../core/errors/index.ts';

export default class PromoPreview extends SecCommand {
  static override summary = 'look at a promotion as its readers will see it';
  static override args = { client: clientArg, campaign: campaignArg };
  static override flags = {
    for: Flags.string({ description: 'show it as this person on the list gets it', helpValue: 'EMAIL' }),
    out: Flags.string({ description: 'write it into this folder instead of showing it', helpValue: 'DIR' }),
    port: Flags.integer({ description: 'the port of the preview', min: 1, max: 65_535 }),
  };
  static override examples = [
    '<%= config.bin %> promo preview maize ziemassvetki',
    '<%= config.bin %> promo preview maize ziemassvetki --out preview',
  ];

  async run() {
    const { args, flags } = await this.parse(PromoPreview);
    const context = this.open(flags);
    if (this.jsonEnabled() && flags.out === undefined)
      throw fail('USAGE', { problem: 'With --json the preview needs --out DIR.', command: 'promo preview' });
    const client = await context.client(args.client);
    const campaign = await openCampaign(context, client, args.campaign);
    const readers = await previewCampaign(context, client, campaign, flags.for);
    const { previews } = readers[0];
    const languages = previews.map(({ language, subject, htmlBytes }) => ({ language, subject, htmlBytes }));
    const result = { client: client.name, campaign: campaign.name, languages };
    if (flags.out !== undefined) {
      const files = await this.follow(writePreviews(context, previews, resolve(context.cwd, flags.out)));
      return this.result({ ...result, files }, promoPreviewView(previews, flags.out, files));
    }
    const served = await servePreviews(`${client.name} · ${campaign.name}`, readers, flags.port);
    process.stdout.write(`${promoPreviewAddress(served.url)}\n`);
    if (!context.signal.aborted) await once(context.signal, 'abort');
    await served.close();
    return this.result({ ...result, files: [] }, 'The preview was closed.');
  }
}
