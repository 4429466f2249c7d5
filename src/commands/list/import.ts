import { resolve } from 'node:path';
import * as Flags from '@oclif/core/flags';
import { parseColumnMap } from '../../audience/columns.ts';
import { SecCommand } from '../../cli/base-command.ts';
import { askBasis, askFile, askList } from '../../cli/context/import-words.ts';
import { importList } from '../../cli/context/list-import.ts';
import { listsKept } from '../../cli/context/list-key.ts';
import { removeSpentRejects } from '../../cli/context/privacy-rejects.ts';
import { clientArg, dryRun, wordArg, yes } from '../../cli/flags.ts';
import { importResult } from '../../cli/results/list-import.ts';
import { listImportedView, listImportView, spentRejectsView } from '../../cli/views/list-import.ts';

export default class ListImport extends SecCommand {
  static override summary = 'take customers over from a CSV file';
  static override description =
    'Reads the file as it is: commas, semicolons or tabs, any common encoding, headers in English or Latvian. ' +
    'Either the whole import happens or nothing of it. Rows that cannot be used go to a file with their reasons.';
  static override examples = [
    'sec list import kaldi customers customers.csv --basis consent --source "newsletter form, 2026"',
    'sec list import kaldi customers export.csv --basis customer --map "Kontakts=email" --map "Personas kods=-" --dry-run',
  ];
  static override args = {
    client: clientArg,
    list: wordArg("the list's name, such as customers"),
    file: wordArg('the CSV file'),
  };
  static override flags = {
    basis: Flags.option({
      options: ['consent', 'customer'] as const,
      description: 'why these people may be written to',
    })(),
    source: Flags.string({ description: 'where that is recorded, in your words', helpValue: 'TEXT' }),
    wording: Flags.string({ description: 'what they read when they agreed', helpValue: 'TEXT' }),
    map: Flags.string({
      multiple: true,
      description: 'what a column means, or - to leave it out',
      helpValue: 'COLUMN=FIELD',
    }),
    'dry-run': dryRun,
    yes,
  };

  async run() {
    const { args, flags } = await this.parse(ListImport);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const words = {
      list: await askList(context, client, args.list),
      file: await askFile(context, args.file),
      basis: await askBasis(context, flags.basis),
      source: flags.source,
      wording: flags.wording,
      map: parseColumnMap(flags.map ?? []),
      dryRun: flags['dry-run'] ?? false,
    };
    const began = context.clock.now();
    const prepared = await this.follow(importList(context, client, words));
    const result = (rejects: string | null) =>
      importResult(client.name, words, prepared, { rejects, took: began.until(context.clock.now()) });
    const asks = !words.dryRun && !flags.yes && context.prompts !== undefined;
    try {
      const preview = result(null);
      if (words.dryRun) return this.result(preview, listImportView(preview));
      if (asks) {
        process.stderr.write(`${listImportView({ ...preview, dryRun: true })}\n`);
        await this.confirm(
          context,
          `Import this into the list "${words.list}" of ${client.config.name}?`,
          false,
        );
      }
      const done = result(prepared.commit());
      const spent = removeSpentRejects(context, client, resolve(context.cwd, words.file));
      const kept = `  Kept encrypted, ${await listsKept(context, client)}.\n`;
      return this.result(
        done,
        `${asks ? listImportedView(done) : listImportView(done)}${spentRejectsView(spent)}${kept}`,
      );
    } finally {
      prepared.discard();
    }
  }
}
