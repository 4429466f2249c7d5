import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { checkClient } from '../../cli/context/site-check.ts';
import { clientArg } from '../../cli/flags.ts';
import { siteCheckJson, siteCheckView } from '../../cli/views/site-check.ts';

export default class SiteCheck extends SecCommand {
  static override summary = "look for mistakes in a client's website: links, pictures, words, HTML";
  static override examples = [
    '<%= config.bin %> site check kaldi',
    '<%= config.bin %> site check kaldi --external --json',
  ];
  static override args = { client: clientArg };
  static override flags = {
    external: Flags.boolean({ description: "also ask other people's servers whether links to them work" }),
    accept: Flags.boolean({ description: 'accept what is found: it is counted, and not shown again' }),
  };

  async run() {
    const { args, flags } = await this.parse(SiteCheck);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const outcome = await this.follow(checkClient(context, client, flags));
    const result = siteCheckJson(client.name, outcome);
    return this.result(result, siteCheckView(client.name, outcome), result.errors > 0 ? 1 : 0);
  }
}
