import { SecCommand } from '../../cli/base-command.ts';
import { siteEdits } from '../../cli/context/site-undo.ts';
import { clientArg, wordArg } from '../../cli/flags.ts';
import { editsView } from '../../cli/views/site-edits.ts';

export default class SiteEdits extends SecCommand {
  static override summary = 'which pages were changed when, by whom and why';
  static override args = {
    client: clientArg,
    page: wordArg('only the edits of this page'),
  };

  async run() {
    const { args, flags } = await this.parse(SiteEdits);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const edits = await siteEdits(context, client, args.page);
    return this.result({ client: client.name, edits }, editsView(edits, client));
  }
}
