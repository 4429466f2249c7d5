import { once } from 'node:events';
import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { answerNotices } from '../../cli/context/answer-notices.ts';
import { serveApprovals } from '../../cli/context/approval-desk.ts';
import { answeredView } from '../../cli/views/approval.ts';
import { fail } from '../../core/errors/index.ts';

export default class ApprovalServe extends SecCommand {
  static override summary = 'the approval desk: where clients look at what is to be approved, and answer';
  static override description =
    'Listens on this computer alone. Put it behind a web server that ends TLS, and name its address as desk: in ' +
    'sec.yaml: requests that you send from then on carry a link to it. Each answer is told here, and by mail to the ' +
    'operator of sec.yaml where the client has a transport.';
  static override examples = ['sec approval serve --port 8470'];
  static override flags = {
    port: Flags.integer({ description: 'the port it listens on', min: 1, max: 65_535, default: 8470 }),
    'no-mail': Flags.boolean({ description: 'write no mail to the office about answers' }),
  };

  async run() {
    const { flags } = await this.parse(ApprovalServe);
    const context = this.open(flags);
    if (this.jsonEnabled())
      throw fail('USAGE', { problem: 'A server has no result for --json.', command: 'approval serve' });
    const notices = answerNotices(context, (text) => this.logToStderr(text));
    const served = await serveApprovals(context, flags.port, context.workspace().config.desk, {
      tell: (receipt) => {
        this.logToStderr(answeredView(receipt));
        if (!flags['no-mail']) notices.tell(receipt);
      },
      warn: (text) => this.logToStderr(`warning: ${text}`),
    });
    process.stdout.write(
      `The approval desk listens on port ${flags.port} for ${served.url} – Ctrl-C ends it.\n`,
    );
    if (!context.signal.aborted) await once(context.signal, 'abort');
    await served.close();
    await notices.settled();
    return this.result({ url: served.url }, 'The approval desk was closed.');
  }
}
