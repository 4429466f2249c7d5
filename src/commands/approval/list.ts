import { SecCommand } from '../../cli/base-command.ts';
import { listRequests } from '../../cli/context/approval-list.ts';
import { clientArg } from '../../cli/flags.ts';
import { requestListView } from '../../cli/views/approval.ts';

export default class ApprovalList extends SecCommand {
  static override summary = 'who was asked for an approval, and what they said';
  static override args = { client: clientArg };

  async run() {
    const { args, flags } = await this.parse(ApprovalList);
    const context = this.open(flags);
    const workspace = context.workspace();
    const names = args.client === undefined ? workspace.clientNames() : [args.client];
    const requests = await listRequests(context, names.map(workspace.client));
    return this.result({ requests }, requestListView(requests, workspace.config.timezone));
  }
}
