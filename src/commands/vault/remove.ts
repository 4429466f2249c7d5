import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { removeVault } from '../../cli/context/vault-key.ts';
import { clientArg, yes } from '../../cli/flags.ts';

export default class VaultRemove extends SecCommand {
  static override summary = 'forget all logins of a client, and the key to them';
  static override args = { client: clientArg };
  static override flags = {
    'signing-key': Flags.boolean({ description: 'the key that signs approvals too' }),
    yes,
  };

  async run() {
    const { args, flags } = await this.parse(VaultRemove);
    const context = this.open(flags);
    const client = await context.client(args.client);
    await this.confirm(context, `Forget all logins of ${client.name}? They cannot be had back.`, flags.yes);
    await removeVault(context, client, { signingKeys: flags['signing-key'] });
    return this.result({ client: client.name, removed: true }, `The logins of ${client.name} are forgotten.`);
  }
}
