import { Args } from '@oclif/core';
import { SecCommand } from '../../cli/base-command.ts';
import { allowAddress } from '../../cli/context/suppression.ts';
import { clientArg, dryRun, yes } from '../../cli/flags.ts';
import { suppressView } from '../../cli/views/list-suppress.ts';

export default class ListAllow extends SecCommand {
  static override summary = 'take a suppression back, when the person asked for it';
  static override examples = ['sec list allow kaldi anna@example.com --yes'];
  static override args = { client: clientArg, email: Args.string({ description: 'the e-mail address' }) };
  static override flags = { 'dry-run': dryRun, yes };

  async run() {
    const { args, flags } = await this.parse(ListAllow);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const email = await context.word('email', args.email, () => []);
    const dry = flags['dry-run'] ?? false;
    if (!dry) {
      const question = `Allow mails of ${client.config.name} to this address again? Only the person may ask for that.`;
      await this.confirm(context, question, flags.yes ?? false);
    }
    const done = await allowAddress(client, email, dry);
    const result = { client: client.name, ...done, suppressed: false, dryRun: dry };
    return this.result(result, suppressView(client.config.name, result));
  }
}
