import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { importEvents } from '../../cli/context/events-import.ts';
import { pollSendGrid } from '../../cli/context/events-poll.ts';
import { clientArg, wordArg } from '../../cli/flags.ts';
import { eventsImportView } from '../../cli/views/events.ts';
import { fail } from '../../core/errors/index.ts';

export default class EventsImport extends SecCommand {
  static override summary =
    'read bounces, complaints and unsubscribe mails that were saved, or ask SendGrid for them';
  static override examples = [
    '<%= config.bin %> events import kaldi ~/mail/bounces.mbox',
    '<%= config.bin %> events import kaldi unsubscribe.eml events.json',
    '<%= config.bin %> events import kaldi --sendgrid',
  ];
  static override strict = false;
  static override args = {
    client: clientArg,
    file: wordArg('a saved mail, a mailbox file, a folder of mails, or SendGrid events as JSON'),
  };

  static override flags = {
    sendgrid: Flags.boolean({ description: 'ask SendGrid what came back, where it cannot tell by itself' }),
  };

  async run() {
    const { args, argv, flags } = await this.parse(EventsImport);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const files = argv.slice(1).map(String);
    if (files.length === 0 && !flags.sendgrid)
      throw fail('USAGE', { problem: 'Name a file or a folder to read.', command: 'events import' });
    if (files.length > 0 && flags.sendgrid)
      throw fail('USAGE', { problem: 'Name files, or --sendgrid, not both.', command: 'events import' });
    const work = flags.sendgrid ? pollSendGrid(context, client) : importEvents(context, client, files);
    const result = await this.follow(work);
    return this.result(result, eventsImportView(result));
  }
}
