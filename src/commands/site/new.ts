import { join } from 'node:path';
import { SecCommand } from '../../cli/base-command.ts';
import { answerWord } from '../../cli/context/answer-word.ts';
import { saveEdit } from '../../cli/context/site-edit.ts';
import { clientArg, dryRun, wordArg, yes } from '../../cli/flags.ts';
import { newPageView } from '../../cli/views/site-new.ts';
import { sha256 } from '../../core/digest.ts';
import { kindNames, newPage } from '../../site/edit/new-page.ts';
import { contentFolder } from '../../workspace/index.ts';

export default class SiteNew extends SecCommand {
  static override summary = 'begin a new page, as a draft';
  static override examples = ['<%= config.bin %> site new kaldi page "Our story"'];
  static override args = {
    client: clientArg,
    kind: wordArg("the kind of page, from the client's site.yaml"),
    title: wordArg('the title of the page'),
  };
  static override flags = { 'dry-run': dryRun, yes };

  async run() {
    const { args, flags } = await this.parse(SiteNew);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const { config, name, timezone } = client;
    const kind = await context.word('kind', args.kind, () =>
      kindNames(config).map((value) => ({ value, name: config.kinds[value]?.label ?? value })),
    );
    const title = await answerWord(context, 'title', args.title, 'What is the title of the page?');
    const today = context.clock.now().toZonedDateTimeISO(timezone).toPlainDate();
    const { path, text } = newPage({ kind, title }, { client: name, config, today });
    const file = context.workspace().relative(join(contentFolder(client), path));
    const source = { path, file, text: '', sha256: sha256('') };
    if (!flags['dry-run']) await saveEdit(context, client, { source, text, isNew: true }, `new ${kind}`);
    const result = { client: name, kind, page: path, file, created: !flags['dry-run'] };
    return this.result(result, newPageView(result));
  }
}
