import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { revokeApproval } from '../../cli/context/approval-revoke.ts';
import { verifyApprovals } from '../../cli/context/approval-verify.ts';
import { clientArg, wordArg, yes } from '../../cli/flags.ts';
import { revokedView } from '../../cli/views/approval.ts';

export default class ApprovalRevoke extends SecCommand {
  static override summary = 'take an approval back';
  static override args = {
    client: clientArg,
    approval: wordArg("the beginning of the approval's or its request's number"),
  };
  static override flags = {
    reason: Flags.string({ description: 'why', helpValue: 'TEXT', default: '' }),
    yes,
  };

  async run() {
    const { args, flags } = await this.parse(ApprovalRevoke);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const choices = async () =>
      (await verifyApprovals(context, client)).statements.map(({ statement }) => ({ value: statement }));
    const wanted = await context.word('approval', args.approval, choices);
    await this.confirm(context, `Take back the approval ${wanted} of ${client.config.name}?`, flags.yes);
    const revoked = await revokeApproval(context, client, wanted, flags.reason);
    return this.result(revoked, revokedView(revoked));
  }
}
