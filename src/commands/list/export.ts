import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { narrowList, pickList } from '../../cli/context/audience.ts';
import { exportList } from '../../cli/context/list-export.ts';
import { clientArg, dryRun, listArg, whereFlag, yes } from '../../cli/flags.ts';
import { segmentResult } from '../../cli/results/segment.ts';
import { segmentView } from '../../cli/views/segment.ts';
import { count } from '../../cli/views/words.ts';

export default class ListExport extends SecCommand {
  static override summary = 'write a list to a CSV file that is safe to open in a spreadsheet';
  static override description =
    'Suppressed people are left out. The file is readable by you alone; it holds personal data, so delete it when it has served.';
  static override examples = ['sec list export kaldi customers --out customers.csv'];
  static override args = { client: clientArg, list: listArg };
  static override flags = {
    where: whereFlag,
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
    const found = await pickList(context, client, args.list);
    const part = await narrowList(context, client, found, flags.where);
    const { list } = part;
    const dry = flags['dry-run'] ?? false;
    const out = flags.out ?? `${client.name}-${list.name}.csv`;
    const done = await exportList(context, part, {
      out,
      replace: flags.yes ?? false,
      dryRun: dry,
    });
    const segment = part.counts?.();
    return this.result(
      { client: client.name, list: list.name, ...segmentResult(flags.where, segment), ...done, dryRun: dry },
      `${segmentView(flags.where, segment)}${dry ? 'Would write' : '✓ Wrote'} ${count(done.recipients, 'recipient')} to ${done.file}`,
    );
  }
}
