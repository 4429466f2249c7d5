import * as Flags from '@oclif/core/flags';
import { preparePublish } from '../../cli/context/publish.ts';
import { findRelease } from '../../cli/context/releases.ts';
import { buildSite } from '../../cli/context/site.ts';
import { checkChanged } from '../../cli/context/site-check.ts';
import { acceptDrift, clientArg, dryRun, requireApproval, yes } from '../../cli/flags.ts';
import { PublishingCommand } from '../../cli/publishing-command.ts';

export default class SitePublish extends PublishingCommand {
  static override summary = "build a client's website and make it live";
  static override examples = [
    '<%= config.bin %> site publish kaldi --dry-run',
    '<%= config.bin %> site publish kaldi --yes --json',
  ];
  static override args = { client: clientArg };
  static override flags = {
    host: Flags.string({ description: "one of the client's further hosts", helpValue: 'NAME' }),
    release: Flags.string({
      description: 'publish this release instead of a fresh build',
      helpValue: 'DIGEST',
    }),
    'max-deletes': Flags.integer({
      description: 'the most files that may be removed',
      min: 0,
      helpValue: 'N',
    }),
    'require-approval': requireApproval,
    'accept-drift': acceptDrift,
    'dry-run': dryRun,
    yes,
  };

  async run() {
    const { args, flags } = await this.parse(SitePublish);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const fresh = flags.release === undefined ? await this.follow(buildSite(context, client)) : undefined;
    const built = fresh ?? { ...(await findRelease(client, flags.release ?? '')), warnings: [] };
    const prepared = await preparePublish(context, client, {
      ...built,
      host: flags.host,
      maxDeletes: flags['max-deletes'],
      requireApproval: flags['require-approval'],
      acceptDrift: flags['accept-drift'],
    });
    const changed = prepared.plan.uploads.map(({ path }) => path);
    if (fresh) await this.follow(checkChanged(context, client, fresh, changed));
    const how = { dryRun: flags['dry-run'], yes: flags.yes, acceptDrift: flags['accept-drift'] };
    return this.carryOut(context, prepared, client.config.url, how);
  }
}
