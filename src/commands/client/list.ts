import { SecCommand } from '../../cli/base-command.ts';
import { clientListView } from '../../cli/views/client.ts';

export default class ClientList extends SecCommand {
  static override summary = 'list the businesses you look after';

  async run() {
    const { flags } = await this.parse(ClientList);
    const workspace = this.open(flags).workspace();
    const clients = workspace.clientNames().map((name) => {
      const { config } = workspace.client(name);
      return {
        client: name,
        name: config.name,
        url: config.url,
        locales: config.locales,
        update: config.update,
      };
    });
    return this.result({ clients }, clientListView(clients));
  }
}
