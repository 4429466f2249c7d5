import { text } from 'node:stream/consumers';
import { SecCommand } from '../../cli/base-command.ts';
import { restoreVault } from '../../cli/context/vault.ts';
import { clientArg } from '../../cli/flags.ts';
import { fail } from '../../core/errors/index.ts';
import { keyFromRecoveryCode } from '../../vault/index.ts';

export default class VaultRestore extends SecCommand {
  static override summary = 'open a vault with the code of its recovery sheet';
  static override description =
    'The code is asked for, or read from stdin; never written on the command line.';
  static override args = { client: clientArg };

  async run() {
    const { args, flags } = await this.parse(VaultRestore);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const code = context.prompts
      ? await context.prompts.secret('The code of the recovery sheet')
      : await text(process.stdin);
    const key = keyFromRecoveryCode(code);
    if (!key) throw fail('VAULT_CODE_WRONG', { client: client.name });
    const kept = await restoreVault(context, client, key);
    return this.result(
      { client: client.name, restored: true },
      `The vault of ${client.name} opens again, ${kept}`,
    );
  }
}
