import { Args, Flags } from '@oclif/core';
import { SecCommand } from '../../cli/base-command.ts';
import type { Context } from '../../cli/context/context.ts';
import { keepingCopy, openPage } from '../../cli/context/site-edit.ts';
import { makeEdit } from '../../cli/context/site-edit-words.ts';
import { applyUpdate, type PreparedUpdate, prepareUpdate } from '../../cli/context/site-update.ts';
import { clientArg, dryRun, yes } from '../../cli/flags.ts';
import { changesView, updateView } from '../../cli/views/site-update.ts';
import { fail } from '../../core/errors/index.ts';
import type { Work } from '../../core/progress.ts';

export default class SiteUpdate extends SecCommand {
  static override summary = 'change a page, see what that changes on the site, and publish it';
  static override examples = [
    "<%= config.bin %> site update kaldi contact --set title='Where to find us'",
    '<%= config.bin %> site update kaldi contact --from text.md --note "new address" --yes',
    '<%= config.bin %> site update kaldi --edit --no-publish',
  ];
  static override args = {
    client: clientArg,
    page: Args.string({ description: 'the page: its path, address or title' }),
  };
  static override flags = {
    set: Flags.string({
      description: 'set one field',
      helpValue: 'key=value',
      multiple: true,
      multipleNonGreedy: true,
    }),
    from: Flags.string({ description: 'put this text below the fields; - is the input', helpValue: 'FILE' }),
    edit: Flags.boolean({ description: 'open the page in $EDITOR' }),
    note: Flags.string({ description: 'why, for the history', helpValue: 'TEXT', default: '' }),
    publish: Flags.boolean({ description: 'publish when it is saved', default: true, allowNo: true }),
    'dry-run': dryRun,
    yes,
  };

  async run() {
    const { args, flags } = await this.parse(SiteUpdate);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const opened = await openPage(context, client, args.page);
    const { changes, bodyChanged, ...written } = await this.follow(makeEdit(context, client, opened, flags));
    const edit = { source: opened.source, ...written };
    const safely = <R>(work: Work<R>) => this.follow(keepingCopy(context, edit, work));
    const wantsPublish = flags.publish && client.config.host !== undefined;
    const prepared = await safely(prepareUpdate(context, client, edit, wantsPublish));
    const { path, file } = opened.source;
    const facts = {
      client: client.name,
      page: path,
      file,
      changes,
      bodyChanged,
      live: prepared.live,
      problems: prepared.problems,
    };
    const undone = { ...facts, saved: false, published: null };
    if (flags['dry-run']) return this.result(undone, updateView(undone, client.config.url));

    const decided = flags.yes ? prepared : await this.#decide(context, prepared, changesView(undone));
    const receipt = await safely(applyUpdate(context, client, decided, flags.note));
    const done = { ...facts, saved: edit.text !== opened.source.text, published: receipt ?? null };
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
