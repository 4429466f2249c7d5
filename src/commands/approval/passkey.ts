import { SecCommand } from '../../cli/base-command.ts';
import { listPasskeys, pinPasskey } from '../../cli/context/approval-passkeys.ts';
import { clientArg, wordArg, yes } from '../../cli/flags.ts';
import { passkeysView } from '../../cli/views/passkeys.ts';

export default class ApprovalPasskey extends SecCommand {
  static override summary = "trust an approver's passkey, once its owner has read its number to you";
  static override examples = ['sec approval passkey kaldi', 'sec approval passkey kaldi 3f9a-12bc-77de'];
  static override args = {
    client: clientArg,
    number: wordArg('the number that the approver reads out'),
  };
  static override flags = { yes };

  async run() {
    const { args, flags } = await this.parse(ApprovalPasskey);
    const context = this.open(flags);
    const client = await context.client(args.client);
    if (args.number !== undefined) {
      const question = `Trust the passkey ${args.number} for approvals of ${client.config.name} from now on?`;
      await this.confirm(context, question, flags.yes);
      await pinPasskey(context, client, args.number);
    }
    const passkeys = await listPasskeys(context, client);
    return this.result(
      { client: client.name, passkeys },
      passkeysView(client.name, passkeys, client.timezone),
    );
  }
}
