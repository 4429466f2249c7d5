import { SecCommand } from '../../cli/base-command.ts';
import { recoverySheet } from '../../cli/context/vault-sheet.ts';
import { clientArg } from '../../cli/flags.ts';
import { fail } from '../../core/errors/index.ts';

export default class VaultRecovery extends SecCommand {
  static override summary = 'write the sheet that opens a vault when its key is lost';
  static override description =
    'Print it, lock it away, and leave no copy on the computer: it opens the vault.';
  static override examples = ['<%= config.bin %> vault recovery kaldi | lpr'];
  static override args = { client: clientArg };

  async run() {
    const { args, flags } = await this.parse(VaultRecovery);
    const context = this.open(flags);
    if (this.jsonEnabled())
      throw fail('USAGE', {
        problem: 'A recovery sheet is for paper; there is none as JSON.',
        command: 'vault recovery',
      });
    const client = await context.client(args.client);
    return this.result({ client: client.name }, await recoverySheet(context, client));
  }
}
