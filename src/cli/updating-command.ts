import { fail } from '../core/errors/index.ts';
import type { Work } from '../core/progress.ts';
import type { FieldChange } from '../site/edit/field-changes.ts';
import type { Client } from '../workspace/index.ts';
import { SecCommand } from './base-command.ts';
import type { Context } from './context/context.ts';
import { isChange, keepingCopy, type PendingEdit } from './context/site-edit.ts';
import { applyUpdate, type PreparedUpdate, prepareUpdate } from './context/site-update.ts';
import { changesView, type UpdateResult, updateView } from './views/site-update.ts';

/** An edit with what differs in it, ready to be built. */
interface MadeEdit {
  readonly edit: PendingEdit;
  readonly changes: readonly FieldChange[];
  readonly bodyChanged: boolean;
}

interface UpdateFlags {
  readonly publish: boolean;
  readonly 'dry-run': boolean;
  readonly yes: boolean;
  readonly note: string;
}

/** A command that changes a page: builds the site with the change, shows what differs, saves it and publishes it. */
export abstract class UpdatingCommand extends SecCommand {
  /**
   * @param words what `--json` prints beside the rest
   * @throws CONFIRMATION_NEEDED, CANCELLED, and what building, saving and publishing throw
   */
  protected async carryOut<W extends object>(
    context: Context,
    client: Client,
    { edit, changes, bodyChanged }: MadeEdit,
    flags: UpdateFlags,
    words: W,
  ): Promise<UpdateResult & W> {
    const safely = <R>(work: Work<R>) => this.follow(keepingCopy(context, edit, work));
    const wantsPublish = flags.publish && client.config.host !== undefined;
    const prepared = await safely(prepareUpdate(context, client, edit, wantsPublish));
    const { path, file } = edit.source;
    const facts = {
      client: client.name,
      page: path,
      file,
      ...words,
      changes,
      bodyChanged,
      removed: edit.isGone === true,
      live: prepared.live,
      problems: prepared.problems,
    };
    const undone = { ...facts, saved: false, published: null };
    if (flags['dry-run']) return this.result(undone, updateView(undone, client.config.url));
    const decided = flags.yes ? prepared : await this.#decide(context, prepared, changesView(undone));
    const receipt = await safely(applyUpdate(context, client, decided, flags.note));
    const done = { ...facts, saved: isChange(edit), published: receipt ?? null };
    return this.result(done, updateView(done, client.config.url));
  }

  /** Shows what is about to happen and asks, where there is anything to publish. @throws CONFIRMATION_NEEDED, CANCELLED */
  async #decide(context: Context, prepared: PreparedUpdate, shown: string): Promise<PreparedUpdate> {
    const { publication, ...onlySave } = prepared;
    if (!publication || publication.settled) return prepared;
    if (!context.prompts) throw fail('CONFIRMATION_NEEDED', { question: 'Publish the changed page?' });
    this.logToStderr(shown);
    const choice = await context.prompts.select('Publish it?', [
      { value: 'publish', name: 'Save and publish' },
      { value: 'save', name: 'Save only' },
      { value: 'stop', name: 'Change nothing' },
    ]);
    if (choice === 'stop') throw fail('CANCELLED', { state: 'Nothing was changed.' });
    return choice === 'save' ? onlySave : prepared;
  }
}
