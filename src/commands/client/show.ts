import { policySentences } from '../../approval/index.ts';
import { SecCommand } from '../../cli/base-command.ts';
import { clientArg } from '../../cli/flags.ts';
import { clientView } from '../../cli/views/client.ts';

export default class ClientShow extends SecCommand {
  static override summary = "show a client's facts and rules";
  static override args = { client: clientArg };

  async run() {
    const { args, flags } = await this.parse(ClientShow);
    const { name, config, timezone } = await this.open(flags).client(args.client);
    const shown = {
      client: name,
      name: config.name,
      url: config.url,
      locales: config.locales,
      timezone,
      host: config.host,
      sender: config.sender && { name: config.sender.name, email: config.sender.email },
      approvers: config.approvers.map((approver) => approver.name),
      update: config.update,
      rules: policySentences(config.policy, config.approvers),
    };
    return this.result(shown, clientView(shown));
  }
}
