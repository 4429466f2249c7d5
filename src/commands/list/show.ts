import * as Flags from '@oclif/core/flags';
import { proveConsent } from '../../audience/find-recipient.ts';
import { basisOf } from '../../audience/list-source.ts';
import { summariseList } from '../../audience/list-summary.ts';
import { SecCommand } from '../../cli/base-command.ts';
import { narrowList, pickList } from '../../cli/context/audience.ts';
import { clientArg, listArg, whereFlag } from '../../cli/flags.ts';
import { segmentResult } from '../../cli/results/segment.ts';
import { consentView, listShowView } from '../../cli/views/list.ts';

import { segmentView } from '../../cli/views/segment.ts';

export default class ListShow extends SecCommand {
  static override summary = 'show what is on a list, or why one person may be written to';
  static override examples = [
    'sec list show kaldi customers',
    'sec list show kaldi customers --consent anna@example.com',
    `sec list show kaldi customers --where 'city == "Rīga" && orders >= 3'`,
  ];
  static override args = { client: clientArg, list: listArg };
  static override flags = {
    where: whereFlag,
    consent: Flags.string({
      description: 'the proof for one address: basis, source, file, line, time',
      helpValue: 'EMAIL',
    }),
  };

  async run() {
    const { args, flags } = await this.parse(ListShow);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const found = await pickList(context, client, args.list);
    const { list } = found;
    const words = { client: client.name, list: list.name };
    if (flags.consent !== undefined) {
      const proof = proveConsent(found, flags.consent);
      const evidence = proof.evidence.map(({ import: { counts: _, ...record }, line }) => ({
        ...record,
        line,
      }));
      return this.result({ ...words, ...proof, evidence }, consentView(proof, client.timezone));
    }
    const part = await narrowList(context, client, found, flags.where);
    const summary = summariseList(part);
    const segment = part.counts?.();
    const languages = Object.fromEntries(summary.languages);
    return this.result(
      {
        ...words,
        ...segmentResult(flags.where, segment),
        basis: basisOf(list),
        ...summary,
        languages,
        imports: list.imports,
      },
      segmentView(flags.where, segment) + listShowView(client.name, list, summary, client.timezone),
    );
  }
}
