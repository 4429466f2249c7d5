import * as Flags from '@oclif/core/flags';
import { prepareRollback } from '../../cli/context/rollback.ts';
import { acceptDrift, clientArg, dryRun, wordArg, yes } from '../../cli/flags.ts';
import { PublishingCommand } from '../../cli/publishing-command.ts';

export default class SiteRollback extends PublishingCommand {
  static override summary = 'make an earlier release live again';
  static override args = {
    client: clientArg,
    release: wordArg('the beginning of its digest; else the one before'),
  };
  static override flags = {
    host: Flags.string({ description: "one of the client's further hosts", helpValue: 'NAME' }),
    'max-deletes': Flags.integer({
      description: 'the most files that may be removed',
      min: 0,
      helpValue: 'N',
    }),
    'require-approval': Flags.boolean({ description: "refuse without the client's approval" }),
    'accept-drift': acceptDrift,
    'dry-run': dryRun,
    yes,
  };
  protected override readonly outcome = 'is back at what was live before';

  async run() {
    const { args, flags } = await this.parse(SiteRollback);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const prepared = await prepareRollback(context, client, {
      release: args.release,
      host: flags.host,
      maxDeletes: flags['max-deletes'],
      requireApproval: flags['require-approval'],
      acceptDrift: flags['accept-drift'],
    });
    const how = { dryRun: flags['dry-run'], yes: flags.yes, acceptDrift: flags['accept-drift'] };
    return this.carryOut(context, prepared, client.config.url, how);
  }
}
