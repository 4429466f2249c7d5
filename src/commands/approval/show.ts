import { SecCommand } from '../../cli/base-command.ts';
import { listRequests, showRequest } from '../../cli/context/approval-list.ts';
import { clientArg, wordArg } from '../../cli/flags.ts';
import { requestView } from '../../cli/views/approval.ts';

export default class ApprovalShow extends SecCommand {
  static override summary = 'one request for approval: what was asked, and the answer';
  static override args = {
    client: clientArg,
    request: wordArg('the beginning of its number'),
  };

  async run() {
    const { args, flags } = await this.parse(ApprovalShow);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const choices = async () =>
      (await listRequests(context, [client])).map(({ request }) => ({ value: request }));
    const shown = await showRequest(context, client, await context.word('request', args.request, choices));
    return this.result(shown, requestView(shown, client.timezone));
  }
}
