import { SecCommand } from '../../cli/base-command.ts';
import { ciKey } from '../../cli/context/vault-sheet.ts';
import { clientArg } from '../../cli/flags.ts';
import { fail } from '../../core/errors/index.ts';

export default class VaultCiKey extends SecCommand {
  static override summary = 'print the key that lets CI open one client’s vault';
  static override description =
    'For the secrets of your CI service, and nothing else. sec vault rotate takes it back.';
  static override examples = ['<%= config.bin %> vault ci-key kaldi | gh secret set SEC_VAULT_KEY_KALDI'];
  static override args = { client: clientArg };

  async run() {
    const { args, flags } = await this.parse(VaultCiKey);
    const context = this.open(flags);
    if (this.jsonEnabled())
      throw fail('USAGE', {
        problem: 'The key is printed alone, for the secrets of CI.',
        command: 'vault ci-key',
      });
    const client = await context.client(args.client);
    const { name, value } = await ciKey(context, client);
    this.logToStderr(`Store it as ${name}:`);
    return this.result({ client: client.name }, value);
  }
}
