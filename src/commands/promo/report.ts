import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { clientLanguage, terminalLanguage } from '../../cli/context/language.ts';
import { campaignName } from '../../cli/context/ledger.ts';
import { refuseLivePlace } from '../../cli/context/live-places.ts';
import { campaignReport, reportFile } from '../../cli/context/report.ts';
import { campaignArg, clientArg } from '../../cli/flags.ts';
import { reportText } from '../../cli/views/report/text.ts';

export default class PromoReport extends SecCommand {
  static override summary = 'how a promotion went: sent, reached, came back, unsubscribed';
  static override examples = [
    '<%= config.bin %> promo report kaldi spring',
    '<%= config.bin %> promo report kaldi spring --out report.html',
  ];
  static override args = { client: clientArg, campaign: campaignArg };
  static override flags = {
    out: Flags.string({
      description: 'also write it as a file to forward: one HTML page, or CSV where the name ends in .csv',
      helpValue: 'FILE',
    }),
    lang: Flags.string({ description: 'its language; the client’s unless said', helpValue: 'lv' }),
  };

  async run() {
    const { args, flags } = await this.parse(PromoReport);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const report = await campaignReport(context, client, await campaignName(context, client, args.campaign));
    const language = clientLanguage(context, client, flags.lang);
    const { out } = flags;
    if (out !== undefined) {
      const path = resolve(context.cwd, out);
      await refuseLivePlace(context, path);
      writeFileSync(
        path,
        await reportFile(context, client, report, /\.csv$/i.test(out) ? 'csv' : 'html', language),
      );
    }
    const text = reportText(report, terminalLanguage(context, flags.lang));
    return this.result(report, out === undefined ? text : `${text}\n\nWritten to ${out}.`);
  }
}
