import { SecCommand } from '../../cli/base-command.ts';
import { verifyApprovals } from '../../cli/context/approval-verify.ts';
import { clientArg } from '../../cli/flags.ts';
import { verifiedView } from '../../cli/views/approval.ts';

export default class ApprovalVerify extends SecCommand {
  static override summary = "check every approval of a client: nothing needed but the workspace's files";
  static override args = { client: clientArg };

  async run() {
    const { args, flags } = await this.parse(ApprovalVerify);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const verified = await verifyApprovals(context, client);
    const isGood = verified.broken.length + verified.unapprovedRules.length === 0;
    return this.result(verified, verifiedView(verified, client.timezone), isGood ? 0 : 1);
  }
}
