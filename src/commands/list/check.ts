import { checkList } from '../../audience/check-list.ts';
import { SecCommand } from '../../cli/base-command.ts';
import { narrowList, pickList } from '../../cli/context/audience.ts';
import { clientArg, listArg, whereFlag } from '../../cli/flags.ts';
import { segmentResult } from '../../cli/results/segment.ts';
import { listProblemsView } from '../../cli/views/list-problems.ts';
import { segmentView } from '../../cli/views/segment.ts';
import { exitCodes } from '../../core/errors/index.ts';

export default class ListCheck extends SecCommand {
  static override summary = 'look for what should be mended on a list before a mailing';
  static override examples = ['sec list check kaldi customers'];
  static override args = { client: clientArg, list: listArg };
  static override flags = { where: whereFlag };

  async run() {
    const { args, flags } = await this.parse(ListCheck);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const found = await pickList(context, client, args.list);
    const part = await narrowList(context, client, found, flags.where);
    const { list } = part;
    const problems = checkList(part);
    const segment = part.counts?.();
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    return this.result(
      {
        client: client.name,
        list: list.name,
        ...segmentResult(flags.where, segment),
        problems,
        errors,
        warnings: problems.length - errors,
      },
      segmentView(flags.where, segment) + listProblemsView(client.name, list.name, problems),
      errors > 0 ? exitCodes.problems : 0,
    );
  }
}
