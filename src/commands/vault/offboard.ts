import { SecCommand } from '../../cli/base-command.ts';
import { offboarding } from '../../cli/context/vault-sheet.ts';
import { clientArg } from '../../cli/flags.ts';

export default class VaultOffboard extends SecCommand {
  static override summary = 'list what to change when you stop looking after a client';
  static override args = { client: clientArg };

  async run() {
    const { args, flags } = await this.parse(VaultOffboard);
    const context = this.open(flags);
    const list = await offboarding(context, await context.client(args.client));
    return this.result(list, list.steps.map((step) => `☐ ${step}`).join('\n'));
  }
}
