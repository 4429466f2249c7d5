import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { siteStatus } from '../../cli/context/site-status.ts';
import { clientArg } from '../../cli/flags.ts';
import { statusView } from '../../cli/views/status.ts';

export default class SiteStatus extends SecCommand {
  static override summary = 'what is live, what waits to be published, what others changed on the host';
  static override args = { client: clientArg };
  static override flags = {
    host: Flags.string({ description: "one of the client's further hosts", helpValue: 'NAME' }),
    deep: Flags.boolean({
      description: 'read every file on the host, also those whose size and time are as sec left them',
    }),
  };

  async run() {
    const { args, flags } = await this.parse(SiteStatus);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const status = await this.follow(siteStatus(context, client, flags));
    return this.result(status, statusView(status, client.config.url, client.timezone));
  }
}
