import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { suppressAddress, suppressionScope } from '../../cli/context/suppression.ts';
import { clientArg, dryRun, officeFlag, wordArg, yes } from '../../cli/flags.ts';
import { suppressView } from '../../cli/views/list-suppress.ts';

export default class ListSuppress extends SecCommand {
  static override summary = 'never write to an address again for this client, or for any';
  static override description =
    'Holds for every list of the client, now and later; an import cannot bring the address back. ' +
    'With --office it holds for every client, and no client can tell.';
  static override examples = [
    'sec list suppress kaldi anna@example.com --reason "asked on the phone"',
    'sec list suppress --office anna@example.com --reason "never again, from nobody"',
  ];
  static override args = { client: clientArg, email: wordArg('the e-mail address') };
  static override flags = {
    office: officeFlag,
    reason: Flags.string({ description: 'why, in your words', helpValue: 'TEXT' }),
    'dry-run': dryRun,
    yes,
  };

  async run() {
    const { args, flags } = await this.parse(ListSuppress);
    const context = this.open(flags);
    const scope = await suppressionScope(context, args, flags.office);
    const dry = flags['dry-run'] ?? false;
    const done = await suppressAddress(context, scope, { reason: flags.reason, dryRun: dry });
    const result = {
      client: scope.client?.name ?? null,
      office: flags.office,
      ...done,
      suppressed: true,
      dryRun: dry,
    };
    return this.result(result, suppressView(scope.name, result));
  }
}
