import { SecCommand } from '../../cli/base-command.ts';
import { rotateVaults } from '../../cli/context/vault.ts';
import { clientArg, yes } from '../../cli/flags.ts';

export default class VaultRotate extends SecCommand {
  static override summary = 'seal what a client confided under new keys';
  static override args = { client: clientArg };
  static override flags = { yes };

  async run() {
    const { args, flags } = await this.parse(VaultRotate);
    const context = this.open(flags);
    const client = await context.client(args.client);
    await this.confirm(
      context,
      `Seal what is kept for ${client.name} under new keys? Recovery sheets and CI keys of now stop working.`,
      flags.yes,
    );
    await rotateVaults(context, client);
    const text = `What is kept for ${client.name} is under new keys.\nMake a new sheet: sec vault recovery ${client.name}`;
    return this.result({ client: client.name, rotated: true }, text);
  }
}
