import * as Flags from '@oclif/core/flags';
import { openPage } from '../../cli/context/site-edit.ts';
import { makeEdit } from '../../cli/context/site-edit-words.ts';
import { clientArg, dryRun, wordArg, yes } from '../../cli/flags.ts';
import { UpdatingCommand } from '../../cli/updating-command.ts';

export default class SiteUpdate extends UpdatingCommand {
  static override summary = 'change a page, see what that changes on the site, and publish it';
  static override examples = [
    "<%= config.bin %> site update kaldi contact --set title='Where to find us'",
    '<%= config.bin %> site update kaldi contact --from text.md --note "new address" --yes',
    '<%= config.bin %> site update kaldi about --image image=photo.jpg --alt image="Our shop in spring"',
    '<%= config.bin %> site update kaldi --edit --no-publish',
  ];
  static override args = {
    client: clientArg,
    page: wordArg('the page: its path, address or title'),
  };
  static override flags = {
    set: Flags.string({
      description: 'set one field',
      helpValue: 'key=value',
      multiple: true,
      multipleNonGreedy: true,
    }),
    image: Flags.string({
      description: 'put a picture into a field',
      helpValue: 'field=FILE',
      multiple: true,
      multipleNonGreedy: true,
    }),
    alt: Flags.string({
      description: 'what the picture of a field shows',
      helpValue: 'field=TEXT',
      multiple: true,
      multipleNonGreedy: true,
    }),
    from: Flags.string({ description: 'put this text below the fields; - is the input', helpValue: 'FILE' }),
    edit: Flags.boolean({ description: 'open the page in $EDITOR' }),
    note: Flags.string({ description: 'why, for the history', helpValue: 'TEXT', default: '' }),
    publish: Flags.boolean({ description: 'publish when it is saved', default: true, allowNo: true }),
    'dry-run': dryRun,
    yes,
  };

  async run() {
    const { args, flags } = await this.parse(SiteUpdate);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const opened = await openPage(context, client, args.page);
    const { changes, bodyChanged, ...written } = await this.follow(makeEdit(context, client, opened, flags));
    const edit = { source: opened.source, ...written };
    return this.carryOut(context, client, { edit, changes, bodyChanged }, flags, {});
  }
}
