import { fail } from '../core/errors/index.ts';
import { SecCommand } from './base-command.ts';
import type { Context } from './context/context.ts';
import type { PreparedPublish, PublishReceipt } from './context/publish.ts';
import { driftLines, planQuestion, planView, receiptView } from './views/publish.ts';

/** What the person who typed the command has agreed to beforehand. */
interface Consent {
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly acceptDrift: boolean;
}

/** A command that makes a release live: shows the plan, asks where somebody can be asked, does it. */
export abstract class PublishingCommand extends SecCommand {
  /** What the site is when it is done, to follow its address. */
  protected readonly outcome: string = 'is up to date';

  /**
   * @param url the site's address
   * @throws APPROVAL_MISSING, OUTSIDE_HOURS, DRIFT_FOUND before anybody is asked; CANCELLED; what publishing throws
   */
  protected async carryOut(
    context: Context,
    prepared: PreparedPublish,
    url: string,
    { dryRun, yes, acceptDrift }: Consent,
  ): Promise<PublishReceipt> {
    if (dryRun) {
      const drift = await prepared.drift();
      const shown = [
        planView(prepared.plan, await prepared.manner()),
        ...driftLines(drift, acceptDrift),
      ].join('\n');
      return this.result({ ...prepared.preview(), drift }, shown);
    }
    prepared.permit();
    if (context.prompts && !yes && !prepared.settled) {
      const drift = await prepared.drift();
      const shown = [planView(prepared.plan, await prepared.manner()), ...driftLines(drift, acceptDrift)];
      process.stderr.write(`${shown.join('\n')}\n`);
      const { client, target } = prepared.plan;
      if (drift.length > 0 && !acceptDrift) throw fail('DRIFT_FOUND', { client, target, drift });
      await this.confirm(context, planQuestion(prepared.plan), yes);
    }
    const receipt = await this.follow(prepared.apply());
    return this.result(receipt, receiptView(receipt, url, this.outcome));
  }
}
