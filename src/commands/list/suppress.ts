import { Args, Flags } from '@oclif/core';
import { SecCommand } from '../../cli/base-command.ts';
import { suppressAddress } from '../../cli/context/suppression.ts';
import { clientArg, dryRun, yes } from '../../cli/flags.ts';
import { suppressView } from '../../cli/views/list-suppress.ts';

export default class ListSuppress extends SecCommand {
  static override summary = 'never write to an address again for this client';
  static override description =
    'Holds for every list of the client, now and later; an import cannot bring the address back.';
  static override examples = ['sec list suppress kaldi anna@example.com --reason "asked on the phone"'];
  static override args = { client: clientArg, email: Args.string({ description: 'the e-mail address' }) };
  static override flags = {
    reason: Flags.string({ description: 'why, in your words', helpValue: 'TEXT' }),
    'dry-run': dryRun,
    yes,
  };

  async run() {
    const { args, flags } = await this.parse(ListSuppress);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const email = await context.word('email', args.email, () => []);
    const dry = flags['dry-run'] ?? false;
    const done = await suppressAddress(context, client, email, { reason: flags.reason, dryRun: dry });
    const result = { client: client.name, ...done, suppressed: true, dryRun: dry };
    return this.result(result, suppressView(client.config.name, result));
  }
}
