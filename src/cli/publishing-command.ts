import { SecCommand } from './base-command.ts';
import type { Context } from './context/context.ts';
import type { PreparedPublish, PublishReceipt } from './context/publish.ts';
import { planQuestion, planView, receiptView } from './views/publish.ts';

/** A command that makes a release live: shows the plan, asks where somebody can be asked, does it. */
export abstract class PublishingCommand extends SecCommand {
  /**
   * @param url the site's address
   * @throws APPROVAL_MISSING, OUTSIDE_HOURS before anybody is asked; CANCELLED; what publishing throws
   */
  protected async carryOut(
    context: Context,
    prepared: PreparedPublish,
    url: string,
    { dryRun, yes }: { dryRun: boolean; yes: boolean },
  ): Promise<PublishReceipt> {
    if (dryRun) return this.result(prepared.preview(), planView(prepared.plan));
    prepared.permit();
    if (context.prompts && !yes && !prepared.settled) {
      process.stderr.write(`${planView(prepared.plan)}\n`);
      await this.confirm(context, planQuestion(prepared.plan), yes);
    }
    const receipt = await this.follow(prepared.apply());
    return this.result(receipt, receiptView(receipt, url));
  }
}
