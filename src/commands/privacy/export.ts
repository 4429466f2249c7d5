import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { clientLanguage } from '../../cli/context/language.ts';
import { personalRecord, writeRecord } from '../../cli/context/privacy.ts';
import { clientArg, emailArg, yes } from '../../cli/flags.ts';
import { recordText } from '../../cli/views/privacy/text.ts';

export default class PrivacyExport extends SecCommand {
  static override summary = 'all that is held of one person, to be handed to them';
  static override description =
    'Lists and fields, why they may be written to, mails, events and rejected rows: of this person, at this client, and of nobody else.';
  static override examples = [
    'sec privacy export kaldi anna@example.com --out for-anna',
    'sec privacy export kaldi anna@example.com --json',
  ];
  static override args = { client: clientArg, email: emailArg };
  static override flags = {
    out: Flags.string({
      description: 'write personal-data.json and personal-data.html into this folder',
      helpValue: 'DIR',
    }),
    lang: Flags.string({ description: 'language of the page; the client’s unless said', helpValue: 'lv' }),
    yes,
  };

  async run() {
    const { args, flags } = await this.parse(PrivacyExport);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const email = await context.word('email', args.email, () => []);
    const record = await personalRecord(context, client, email);
    const { out } = flags;
    const language = clientLanguage(context, client, flags.lang);
    const files =
      out === undefined
        ? []
        : await writeRecord(context, client, record, { out, language, replace: flags.yes ?? false });
    return this.result({ ...record, files }, recordText(record, files));
  }
}
