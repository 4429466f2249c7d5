import { SecCommand } from '../../cli/base-command.ts';
import { applyPurge, preparePurge } from '../../cli/context/privacy-purge.ts';
import { clientArg, dryRun, yes } from '../../cli/flags.ts';
import { isEmptyPurge, purgeQuestion, purgeText } from '../../cli/views/privacy/purge.ts';

export default class PrivacyPurge extends SecCommand {
  static override summary = 'remove personal data that is older than the client allows';
  static override description =
    'The months stand under retention: in site.yaml: lists (people without contact), campaigns (addresses of those that are over), events, rejects. What is not named is kept.';
  static override examples = ['sec privacy purge kaldi --dry-run', 'sec privacy purge kaldi'];
  static override args = { client: clientArg };
  static override flags = { 'dry-run': dryRun, yes };

  async run() {
    const { args, flags } = await this.parse(PrivacyPurge);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const business = client.config.name;
    const prepared = await preparePurge(context, client);
    const shown = { ...prepared.purge, dryRun: flags['dry-run'] ?? false };
    if (shown.dryRun || isEmptyPurge(shown)) return this.result(shown, purgeText(business, shown));
    await this.confirm(context, purgeQuestion(business, shown), flags.yes ?? false);
    const done = await this.follow(applyPurge(context, client, prepared));
    return this.result(done, purgeText(business, done));
  }
}
