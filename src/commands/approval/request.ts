import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { ask } from '../../cli/context/approval-ask.ts';
import { prepareRequest } from '../../cli/context/approval-request.ts';
import { campaignNames } from '../../cli/context/campaign.ts';
import { clientArg, dryRun, mailingFlags, wordArg, yes } from '../../cli/flags.ts';
import { askedView, preparedView, subjectText } from '../../cli/views/approval.ts';

export default class ApprovalRequest extends SecCommand {
  static override summary = 'ask the client to approve the website, a campaign or a change of its rules';
  static override description =
    'Builds what is to be approved and sends the approver a mail in their language: with a link to the approval desk ' +
    'where there is one, else with a preview and two prepared answers that carry a code.';
  static override examples = ['sec approval request kaldi site', 'sec approval request kaldi spring --yes'];
  static override args = {
    client: clientArg,
    subject: wordArg("site, policy, or a campaign's short name"),
  };
  static override flags = {
    approver: Flags.string({ description: 'whom to ask, if not the first who may', helpValue: 'NAME' }),
    to: Flags.string({ description: "an approver's address that site.yaml has no more", helpValue: 'EMAIL' }),
    desk: Flags.string({
      description: 'the address of the approval desk, if not in sec.yaml',
      helpValue: 'URL',
    }),
    host: Flags.string({ description: "one of the client's further hosts", helpValue: 'NAME' }),
    ...mailingFlags,
    mail: Flags.boolean({ description: 'send the mail', default: true, allowNo: true }),
    'dry-run': dryRun,
    yes,
  };

  async run() {
    const { args, flags } = await this.parse(ApprovalRequest);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const choices = async () =>
      ['site', ...(await campaignNames(context, client)), 'policy'].map((value) => ({ value }));
    const subject = await context.word('subject', args.subject, choices);
    const prepared = await this.follow(prepareRequest(context, client, { ...flags, subject }));
    if (flags['dry-run']) {
      const { kind, campaign, subject: digest } = prepared.asked;
      const planned = { client: client.name, kind, campaign, subject: digest, requests: [] };
      return this.result(planned, preparedView(client.name, prepared));
    }
    const names = prepared.approvers.map(({ name }) => name).join(' and ');
    if (context.prompts && !flags.yes) process.stderr.write(`${preparedView(client.name, prepared)}\n`);
    await this.confirm(
      context,
      `Ask ${names} to approve ${subjectText(prepared.asked)} of ${client.config.name}?`,
      flags.yes,
    );
    const options = {
      desk: flags.desk ?? context.workspace().config.desk,
      transport: flags.transport,
      noMail: !flags.mail,
      to: flags.to,
    };
    const receipt = await this.follow(ask(context, client, prepared, options));
    return this.result(receipt, askedView(receipt, client.timezone));
  }
}
