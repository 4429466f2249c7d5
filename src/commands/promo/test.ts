import * as Flags from '@oclif/core/flags';
import { answer } from '../../cli/answer.ts';
import { SecCommand } from '../../cli/base-command.ts';
import { sendTest } from '../../cli/context/delivery.ts';
import { openMailing } from '../../cli/context/sending.ts';
import { campaignArg, clientArg, dryRun, transportFlag, yes } from '../../cli/flags.ts';
import { sendTestView } from '../../cli/views/send-test.ts';

export default class PromoTest extends SecCommand {
  static override summary = 'send one copy of a promotion to yourself';
  static override description =
    'Goes through the real transport, with [TEST] before the subject and the names of the fields in brackets. ' +
    'It is not recorded and counts for nobody.';
  static override examples = [
    'sec promo test kaldi spring --to office@example.com',
    'sec promo test kaldi spring --to office@example.com --transport sendgrid: --check-only',
  ];
  static override args = { client: clientArg, campaign: campaignArg };
  static override flags = {
    to: Flags.string({ description: 'who gets the copy', helpValue: 'EMAIL' }),
    transport: transportFlag,
    'check-only': Flags.boolean({
      description: 'let SendGrid check the copy and send nothing (its sandbox mode)',
    }),
    'dry-run': dryRun,
    yes,
  };

  async run() {
    const { args, flags } = await this.parse(PromoTest);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const mailing = await openMailing(context, client, args.campaign, { isDraftFine: true });
    const { campaign, messages } = mailing;
    const operator = context.workspace().config.operator.email;
    const to = await answer(context, {
      flag: 'to',
      given: flags.to,
      question: 'Who gets the copy?',
      initial: operator,
    });
    if (flags['dry-run']) {
      const planned = { client: client.name, campaign: campaign.name, sent: false };
      const would = flags['check-only'] ? 'be checked for' : 'be sent to';
      return this.result(planned, `A copy of "${campaign.name}" would ${would} ${to}. Nothing was sent.`);
    }
    const request = { messages, to, transport: flags.transport, checkOnly: flags['check-only'] };
    const sent = await this.follow(sendTest(context, client, request));
    return this.result({ client: client.name, campaign: campaign.name, ...sent }, sendTestView(to, sent));
  }
}
