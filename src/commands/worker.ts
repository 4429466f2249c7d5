import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../cli/base-command.ts';
import { runWorker } from '../cli/context/worker.ts';
import { count } from '../cli/views/words.ts';
import { workerNewsView } from '../cli/views/worker.ts';

export default class Worker extends SecCommand {
  static override summary = 'send promotions that were put up for workers, on one machine or many';
  static override description =
    'Takes campaigns that "promo send --by-worker" put up, until Ctrl-C, which finishes what is in flight. Any number of ' +
    'workers share one database: SEC_LEDGER_URL=postgres://…. A campaign whose worker dies goes on at another one; nobody ' +
    'is written to twice.';
  static override examples = ['<%= config.bin %> worker', '<%= config.bin %> worker --at-once 8'];
  static override flags = {
    'at-once': Flags.integer({
      description: 'how many campaigns at the same time',
      default: 4,
      min: 1,
      max: 64,
    }),
  };

  async run() {
    const { flags } = await this.parse(Worker);
    const context = this.open(flags);
    const tell = (text: string) => {
      if (!flags.quiet) this.logToStderr(text);
    };
    const runs = await runWorker(context, {
      most: flags['at-once'],
      ready: () => tell('Waiting for campaigns; Ctrl-C ends it, and finishes what is in flight.'),
      tell: (news) => this.logToStderr(workerNewsView(news)),
    });
    return this.result({ runs }, `Ended, after ${count(runs, 'run')}.`);
  }
}
