import { resolve } from 'node:path';
import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { readClock } from '../../cli/context/read-clock.ts';
import { buildSite } from '../../cli/context/site.ts';
import { clientArg } from '../../cli/flags.ts';
import { buildJson, buildView } from '../../cli/views/site-build.ts';

export default class SiteBuild extends SecCommand {
  static override summary = "build a client's website, without publishing it";
  static override examples = [
    '<%= config.bin %> site build kaldi',
    '<%= config.bin %> site build kaldi --clock 2026-12-24 --out /tmp/kaldi',
  ];
  static override args = { client: clientArg };
  static override flags = {
    out: Flags.string({ description: 'also write the site into this folder', helpValue: 'DIR' }),
    drafts: Flags.boolean({ description: 'with the pages that are drafts' }),
    future: Flags.boolean({ description: 'with the pages whose day has not come' }),
    clock: Flags.string({ description: 'the site as of this moment', helpValue: 'DATE' }),
  };

  async run() {
    const { args, flags } = await this.parse(SiteBuild);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const result = await this.follow(
      buildSite(context, client, {
        drafts: flags.drafts,
        future: flags.future,
        clock: flags.clock === undefined ? undefined : readClock(flags.clock, client.timezone),
        out: flags.out === undefined ? undefined : resolve(context.cwd, flags.out),
      }),
    );
    return this.result(buildJson(client.name, result), buildView(result, flags.out));
  }
}
