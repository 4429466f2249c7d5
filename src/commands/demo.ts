import { join } from 'node:path';
import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../cli/base-command.ts';
import { type Approved, approveAsClient } from '../cli/demo/approver.ts';
import { lookAtResult } from '../cli/demo/result.ts';
import { openStage } from '../cli/demo/stage.ts';
import { CAMPAIGN, CLIENT, stops, type TypedStop } from '../cli/demo/tour.ts';
import { reportError } from '../cli/report-error.ts';
import { approvedView, demoView, stopView } from '../cli/views/demo.ts';
import type { SendReceipt } from '../delivery/receipt.ts';

export default class Demo extends SecCommand {
  static override summary = 'walk the whole way once, on this machine alone';
  static override description =
    'Copies the demo clients to a temporary folder, changes and publishes a page, sends a campaign to 500 rows, lets ' +
    'a client approve what is hers, and shows what came of it. Nothing leaves this machine.';
  static override flags = {
    keep: Flags.boolean({ description: 'leave it open to browse, until Ctrl-C' }),
  };

  async run() {
    const { flags } = await this.parse(Demo);
    const { clock, signal } = this.open(flags);
    // It runs other commands.
    if (this.config.plugins.size === 0) await this.config.load();
    const { dir, servers, suppressed } = await openStage(
      clock.now().toZonedDateTimeISO('Europe/Riga').toPlainDate(),
    );
    try {
      process.chdir(dir);
      process.env.SEC_KEYS = join(dir, 'keys');
      const approvals: Approved[] = [];
      for (const [n, stop] of stops(suppressed).entries()) {
        if ('words' in stop) await this.#walk(n + 1, stop, flags.quiet);
        else approvals.push(await this.#approve(n + 1, stop.about, servers.mails(), flags.quiet));
      }
      const receipt = await this.config.runCommand<SendReceipt>('promo:status', [
        CLIENT,
        CAMPAIGN,
        '--quiet',
      ]);
      const result = { ...(await lookAtResult(dir, servers, receipt)), approvals };
      const shown = this.result(result, demoView(result, servers.mailboxUrl, flags.keep));
      if (flags.keep && !signal.aborted) await new Promise((done) => signal.addEventListener('abort', done));
      return shown;
    } finally {
      await servers.close();
    }
  }

  /** What the client does in a browser of their own. */
  async #approve(
    number: number,
    about: string,
    mails: readonly { readonly file?: string }[],
    quiet: boolean,
  ): Promise<Approved> {
    const approved = await approveAsClient(mails);
    if (!quiet && !this.jsonEnabled()) process.stdout.write(approvedView(number, about, approved));
    return approved;
  }

  /** Runs one command of the tour exactly as typed. One that is there to be refused must be refused, in its own words. */
  async #walk(number: number, { about, words, exit = 0 }: TypedStop, quiet: boolean): Promise<void> {
    const silent = quiet || this.jsonEnabled();
    if (!silent) process.stdout.write(stopView(number, about, words));
    const [topic = '', command = '', ...rest] = words;
    try {
      await this.config.runCommand(`${topic}:${command}`, silent ? [...rest, '--quiet'] : rest);
    } catch (error) {
      if (exit === 0 || (error as { exitCode?: number }).exitCode !== exit) throw error;
      if (!silent) reportError(error, []);
      return;
    }
    if (exit !== 0) throw new Error(`sec ${words.join(' ')} was let through.`);
  }
}
