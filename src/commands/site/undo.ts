import * as Flags from '@oclif/core/flags';
import { prepareUndo } from '../../cli/context/site-undo.ts';
import { clientArg, dryRun, wordArg, yes } from '../../cli/flags.ts';
import { UpdatingCommand } from '../../cli/updating-command.ts';

export default class SiteUndo extends UpdatingCommand {
  static override summary = 'take the last edit back; done twice, it is there again';
  static override examples = [
    '<%= config.bin %> site undo kaldi',
    '<%= config.bin %> site undo kaldi contact --dry-run',
    '<%= config.bin %> site undo kaldi --edit 12 --yes',
  ];
  static override args = {
    client: clientArg,
    page: wordArg('the page, where it is not the one that was edited last'),
  };
  static override flags = {
    edit: Flags.integer({ description: 'back to before this edit, by its number', helpValue: 'N', min: 1 }),
    note: Flags.string({ description: 'why, for the history', helpValue: 'TEXT', default: '' }),
    publish: Flags.boolean({ description: 'publish when it is saved', default: true, allowNo: true }),
    'dry-run': dryRun,
    yes,
  };

  async run() {
    const { args, flags } = await this.parse(SiteUndo);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const undo = await prepareUndo(context, client, args.page, flags.edit);
    return this.carryOut(context, client, undo, flags, { undoes: undo.number });
  }
}
