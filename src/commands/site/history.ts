import { SecCommand } from '../../cli/base-command.ts';
import { siteHistory } from '../../cli/context/site-history.ts';
import { clientArg } from '../../cli/flags.ts';
import { historyView } from '../../cli/views/publish-history.ts';

export default class SiteHistory extends SecCommand {
  static override summary = 'what was published when, and what can be gone back to';
  static override args = { client: clientArg };

  async run() {
    const { args, flags } = await this.parse(SiteHistory);
    const client = await this.open(flags).client(args.client);
    const publications = await siteHistory(client);
    return this.result(
      { client: client.name, publications },
      historyView(publications, client.name, client.timezone),
    );
  }
}
