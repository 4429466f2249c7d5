import { SecCommand } from '../../cli/base-command.ts';
import { vaultFacts } from '../../cli/context/vault-sheet.ts';
import { clientArg } from '../../cli/flags.ts';

export default class VaultShow extends SecCommand {
  static override summary = 'name the logins that a client confided, and say how they are kept';
  static override args = { client: clientArg };

  async run() {
    const { args, flags } = await this.parse(VaultShow);
    const context = this.open(flags);
    const facts = await vaultFacts(context, await context.client(args.client));
    const { client, logins, kept, lists } = facts;
    const text =
      logins.length === 0
        ? [`No login is stored for ${client}. Store one with: sec login ${client}`]
        : [`Stored for ${client}: ${logins.join(', ')}`, `Kept ${kept}`];
    if (lists !== null) text.push(`Its lists are encrypted, ${lists}.`);
    return this.result(facts, text.join('\n'));
  }
}
