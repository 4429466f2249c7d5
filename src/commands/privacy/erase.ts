import { SecCommand } from '../../cli/base-command.ts';
import { erasePerson, planErasure } from '../../cli/context/privacy-erase.ts';
import { clientArg, dryRun, emailArg, yes } from '../../cli/flags.ts';
import { erasureQuestion, erasureText } from '../../cli/views/privacy/erase.ts';

export default class PrivacyErase extends SecCommand {
  static override summary = 'forget one person at this client, for good';
  static override description =
    'Takes them off every list and out of sends, events, rejected rows, previews and mail files. A keyed hash stays, so that no import brings them back and nothing is sent.';
  static override examples = [
    'sec privacy erase kaldi anna@example.com --dry-run',
    'sec privacy erase kaldi anna@example.com',
  ];
  static override args = { client: clientArg, email: emailArg };
  static override flags = { 'dry-run': dryRun, yes };

  async run() {
    const { args, flags } = await this.parse(PrivacyErase);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const email = await context.word('email', args.email, () => []);
    const plan = await planErasure(context, client, email);
    const business = client.config.name;
    if (flags['dry-run']) {
      const { address: _, ...counts } = plan;
      const would = { client: client.name, ...counts, dryRun: true, suppressed: false, left: [] };
      return this.result(would, erasureText(business, would));
    }
    await this.confirm(context, erasureQuestion(business, plan), flags.yes ?? false);
    const done = await this.follow(erasePerson(context, client, plan));
    return this.result(done, erasureText(business, done));
  }
}
