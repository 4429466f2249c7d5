import { SecCommand } from '../../cli/base-command.ts';
import { allowAddress, suppressionScope } from '../../cli/context/suppression.ts';
import { clientArg, dryRun, officeFlag, wordArg, yes } from '../../cli/flags.ts';
import { suppressView } from '../../cli/views/list-suppress.ts';

export default class ListAllow extends SecCommand {
  static override summary = 'take a suppression back, when the person asked for it';
  static override examples = [
    'sec list allow kaldi anna@example.com --yes',
    'sec list allow --office anna@example.com',
  ];
  static override args = { client: clientArg, email: wordArg('the e-mail address') };
  static override flags = { office: officeFlag, 'dry-run': dryRun, yes };

  async run() {
    const { args, flags } = await this.parse(ListAllow);
    const context = this.open(flags);
    const scope = await suppressionScope(context, args, flags.office);
    const dry = flags['dry-run'] ?? false;
    if (!dry) {
      const question = `Allow mails of ${scope.name} to this address again? Only the person may ask for that.`;
      await this.confirm(context, question, flags.yes ?? false);
    }
    const done = await allowAddress(context, scope, dry);
    const result = {
      client: scope.client?.name ?? null,
      office: flags.office,
      ...done,
      suppressed: done.stillByOffice,
      dryRun: dry,
    };
    return this.result(result, suppressView(scope.name, { ...result, suppressed: false }));
  }
}
