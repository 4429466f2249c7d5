import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { recordCode, recordPhone } from '../../cli/context/approval-answer.ts';
import { clientArg, wordArg } from '../../cli/flags.ts';
import { answeredView } from '../../cli/views/approval.ts';
import { fail } from '../../core/errors/index.ts';

export default class ApprovalRecord extends SecCommand {
  static override summary = "record a client's answer by the code that came back";
  static override examples = [
    'sec approval record kaldi ABCDE-FGHJK-MNPQR-STVWX',
    'sec approval record kaldi --phone 4f2a90',
  ];
  static override args = {
    client: clientArg,
    code: wordArg("the code from the client's mail"),
  };
  static override flags = {
    phone: Flags.string({ description: 'the request that was approved by phone (T0)', helpValue: 'REQUEST' }),
    comment: Flags.string({ description: 'what the client wants changed', helpValue: 'TEXT', default: '' }),
  };

  async run() {
    const { args, flags } = await this.parse(ApprovalRecord);
    const context = this.open(flags);
    const client = await context.client(args.client);
    if (flags.phone !== undefined && args.code !== undefined)
      throw fail('USAGE', { problem: 'Give a code or --phone, not both.', command: 'approval record' });
    const receipt =
      flags.phone === undefined
        ? await recordCode(context, client, await context.word('code', args.code, () => []), flags.comment)
        : await recordPhone(context, client, flags.phone);
    return this.result(receipt, answeredView(receipt));
  }
}
