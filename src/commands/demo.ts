import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../cli/base-command.ts';
import { demoCustomers } from '../cli/demo/customers.ts';
import { lookAtResult } from '../cli/demo/result.ts';
import { startServers } from '../cli/demo/servers.ts';
import { copyWorkspace, settle } from '../cli/demo/stage.ts';
import { CLIENT, type Stop, stops } from '../cli/demo/tour.ts';
import { reportError } from '../cli/report-error.ts';
import { demoView, stopView } from '../cli/views/demo.ts';

export default class Demo extends SecCommand {
  static override summary = 'walk the whole way once, on this machine alone';
  static override description =
    'Copies the demo clients to a temporary folder, changes and publishes a page, sends a campaign to 500 rows, and ' +
    'shows what came of it. Nothing leaves this machine.';
  static override flags = {
    keep: Flags.boolean({ description: 'leave it open to browse, until Ctrl-C' }),
  };

  async run() {
    const { flags } = await this.parse(Demo);
    const context = this.open(flags);
    const dir = copyWorkspace();
    const servers = await startServers(dir, join(dir, 'public', CLIENT));
    try {
      settle(
        dir,
        CLIENT,
        { site: servers.siteUrl, mail: servers.smtpUrl },
        context.clock.now().toZonedDateTimeISO('Europe/Riga').toPlainDate(),
      );
      const customers = demoCustomers();
      writeFileSync(join(dir, 'customers.csv'), customers.csv);
      process.chdir(dir);
      const tour = stops('customers.csv', customers.suppressed);
      const results: object[] = [];
      for (const [n, stop] of tour.entries()) results.push(await this.#walk(n + 1, stop, flags.quiet));
      const result = await lookAtResult(
        dir,
        servers,
        results[tour.findIndex(({ words }) => words[1] === 'send')] ?? {},
      );
      this.result(result, demoView(result, servers.mailboxUrl, flags.keep));
      if (flags.keep) await stopped(context.signal);
      return result;
    } finally {
      await servers.close();
    }
  }

  /** Runs one command of the tour exactly as typed. One that is there to be refused must be refused, in its own words. */
  async #walk(number: number, { about, words, exit = 0 }: Stop, quiet: boolean): Promise<object> {
    const silent = quiet || this.jsonEnabled();
    if (!silent) process.stdout.write(stopView(number, about, words));
    const [topic = '', command = '', ...rest] = words;
    const argv = silent ? [...rest, '--quiet'] : rest;
    try {
      return (await this.config.runCommand<object>(`${topic}:${command}`, argv)) ?? {};
    } catch (error) {
      if (exit === 0 || (error as { exitCode?: number }).exitCode !== exit) throw error;
      if (!silent) reportError(error, []);
      return {};
    }
  }
}

const stopped = (signal: AbortSignal) =>
  new Promise<void>((done) => signal.addEventListener('abort', () => done()));
