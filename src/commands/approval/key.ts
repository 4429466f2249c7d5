import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { renewSigningKey, signingKeyFacts } from '../../cli/context/approval-key.ts';
import { clientArg, yes } from '../../cli/flags.ts';
import { signingKeyView } from '../../cli/views/signing-key.ts';

export default class ApprovalKey extends SecCommand {
  static override summary = "the key that signs a client's approvals: where it is kept, or a new one";
  static override description =
    'With --new, for a key that was lost or may be in other hands: everything that was approved is sealed anew under ' +
    'another key, and the old one is trusted no more. Commit sites/<client>/approvals afterwards.';
  static override examples = ['sec approval key kaldi', 'sec approval key kaldi --new'];
  static override args = { client: clientArg };
  static override flags = {
    new: Flags.boolean({ description: 'make a new key, and trust the old one no more' }),
    yes,
  };

  async run() {
    const { args, flags } = await this.parse(ApprovalKey);
    const context = this.open(flags);
    const client = await context.client(args.client);
    if (!flags.new) {
      const facts = await signingKeyFacts(context, client);
      return this.result(facts, signingKeyView(facts));
    }
    const question = `Sign approvals of ${client.config.name} with a new key from now on, and trust the old one no more?`;
    await this.confirm(context, question, flags.yes);
    const facts = await renewSigningKey(context, client);
    const text = `${signingKeyView(facts)}\nCommit sites/${client.name}/approvals, so that CI trusts it too.`;
    return this.result(facts, text);
  }
}
