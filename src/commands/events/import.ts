import { SecCommand } from '../../cli/base-command.ts';
import { importEvents } from '../../cli/context/events-import.ts';
import { clientArg, wordArg } from '../../cli/flags.ts';
import { eventsImportView } from '../../cli/views/events.ts';
import { fail } from '../../core/errors/index.ts';

export default class EventsImport extends SecCommand {
  static override summary = 'read bounces, complaints and unsubscribe mails that were saved';
  static override examples = [
    '<%= config.bin %> events import kaldi ~/mail/bounces.mbox',
    '<%= config.bin %> events import kaldi unsubscribe.eml events.json',
  ];
  static override strict = false;
  static override args = {
    client: clientArg,
    file: wordArg('a saved mail, a mailbox file, a folder of mails, or SendGrid events as JSON'),
  };

  async run() {
    const { args, argv, flags } = await this.parse(EventsImport);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const files = argv.slice(1).map(String);
    if (files.length === 0)
      throw fail('USAGE', { problem: 'Name a file or a folder to read.', command: 'events import' });
    const result = await this.follow(importEvents(context, client, files));
    return this.result(result, eventsImportView(result));
  }
}
