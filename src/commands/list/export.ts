import { Flags } from '@oclif/core';
import { SecCommand } from '../../cli/base-command.ts';
import { pickList } from '../../cli/context/audience.ts';
import { exportList } from '../../cli/context/list-export.ts';
import { clientArg, dryRun, listArg, yes } from '../../cli/flags.ts';
import { count } from '../../cli/views/words.ts';

export default class ListExport extends SecCommand {
  static override summary = 'write a list to a CSV file that is safe to open in a spreadsheet';
  static override description =
    'Suppressed people are left out. The file is readable by you alone; it holds personal data, so delete it when it has served.';
  static override examples = ['sec list export kaldi customers --out customers.csv'];
  static override args = { client: clientArg, list: listArg };
  static override flags = {
    out: Flags.string({
      description: 'where to write it (default: <client>-<list>.csv here)',
      helpValue: 'FILE',
    }),
    'dry-run': dryRun,
    yes,
  };

  async run() {
    const { args, flags } = await this.parse(ListExport);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const { store, list } = await pickList(context, client, args.list);
    const dry = flags['dry-run'] ?? false;
    const out = flags.out ?? `${client.name}-${list.name}.csv`;
    const done = await exportList(context, store, list, { out, replace: flags.yes ?? false, dryRun: dry });
    return this.result(
      { client: client.name, list: list.name, ...done, dryRun: dry },
      `${dry ? 'Would write' : '✓ Wrote'} ${count(done.recipients, 'recipient')} to ${done.file}`,
    );
  }
}
