import { once } from 'node:events';
import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { serveEvents } from '../../cli/context/events.ts';

export default class EventsServe extends SecCommand {
  static override summary = 'take unsubscriptions and SendGrid’s events, over the web';
  static override description =
    'Runs until Ctrl-C. Put a web server with a certificate before it, and write its address as sender.unsubscribe into site.yaml.';
  static override examples = ['<%= config.bin %> events serve --port 8025'];
  static override flags = {
    port: Flags.integer({
      description: 'the port to listen on; a free one unless said',
      default: 0,
      min: 0,
      max: 65_535,
    }),
    address: Flags.string({ description: 'the address to listen on', default: '127.0.0.1' }),
  };

  async run() {
    const { flags } = await this.parse(EventsServe);
    const context = this.open(flags);
    const served = await serveEvents(context, flags);
    this.logToStderr(`Listening at ${served.url}; Ctrl-C ends it.`);
    if (!context.signal.aborted) await once(context.signal, 'abort');
    await served.close();
    return this.result({ url: served.url }, 'Ended.');
  }
}
