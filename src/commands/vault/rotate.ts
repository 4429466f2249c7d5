import { SecCommand } from '../../cli/base-command.ts';
import { rotateVault } from '../../cli/context/vault-key.ts';
import { clientArg, yes } from '../../cli/flags.ts';

export default class VaultRotate extends SecCommand {
  static override summary = 'seal a client’s logins under a new key';
  static override args = { client: clientArg };
  static override flags = { yes };

  async run() {
    const { args, flags } = await this.parse(VaultRotate);
    const context = this.open(flags);
    const client = await context.client(args.client);
    await this.confirm(
      context,
      `Seal the logins and lists of ${client.name} under a new key? Recovery sheets and CI keys of now stop working.`,
      flags.yes,
    );
    await rotateVault(context, client);
    const text = `The logins of ${client.name} are under a new key.\nMake a new sheet: sec vault recovery ${client.name}`;
    return this.result({ client: client.name, rotated: true }, text);
  }
}
