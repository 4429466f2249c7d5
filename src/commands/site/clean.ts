import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { cleanReleases } from '../../cli/context/releases.ts';
import { clientArg, dryRun } from '../../cli/flags.ts';
import { cleanView } from '../../cli/views/publish-history.ts';
import { KEPT_RELEASES } from '../../publish/index.ts';

export default class SiteClean extends SecCommand {
  static override summary = 'let go of the oldest releases that are kept on this computer';
  static override description =
    'Only copies on this computer go, and none that is live on a host. What is let go can no longer be gone back to.';
  static override args = { client: clientArg };
  static override flags = {
    keep: Flags.integer({
      description: 'how many to keep, those that were published last',
      min: 1,
      default: KEPT_RELEASES,
      helpValue: 'N',
    }),
    'dry-run': dryRun,
  };

  async run() {
    const { args, flags } = await this.parse(SiteClean);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const receipt = await cleanReleases(client, { keep: flags.keep, isDryRun: flags['dry-run'] });
    return this.result(receipt, cleanView(receipt));
  }
}
