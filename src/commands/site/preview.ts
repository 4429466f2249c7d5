import { once } from 'node:events';
import { resolve } from 'node:path';
import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { openSitePreview } from '../../cli/context/site-preview.ts';
import { shareSite } from '../../cli/context/site-share.ts';
import { clientArg } from '../../cli/flags.ts';
import { previewAddress, shareView } from '../../cli/views/site-preview.ts';
import { fail } from '../../core/errors/index.ts';

export default class SitePreview extends SecCommand {
  static override summary = "look at a client's website as it would be, while you work on it";
  static override examples = [
    '<%= config.bin %> site preview kaldi',
    '<%= config.bin %> site preview kaldi --drafts --clock 2026-12-24',
    '<%= config.bin %> site preview kaldi --share',
  ];
  static override args = { client: clientArg };
  static override flags = {
    port: Flags.integer({ description: 'the port of the preview', min: 1, max: 65_535 }),
    drafts: Flags.boolean({ description: 'with the pages that are drafts' }),
    future: Flags.boolean({ description: 'with the pages whose day has not come' }),
    clock: Flags.string({ description: 'the site as of this moment', helpValue: 'DATE' }),
    share: Flags.boolean({ description: 'write it as a folder that the client can open' }),
    out: Flags.string({
      description: 'where the shared folder is made',
      helpValue: 'DIR',
      dependsOn: ['share'],
    }),
  };

  async run() {
    const { args, flags } = await this.parse(SitePreview);
    const context = this.open(flags);
    if (this.jsonEnabled() && !flags.share)
      throw fail('USAGE', { problem: 'With --json the preview needs --share.', command: 'site preview' });
    const client = await context.client(args.client);
    const { drafts, future, clock } = flags;
    const view = { drafts, future, clock };
    if (flags.share) {
      const out = flags.out === undefined ? undefined : resolve(context.cwd, flags.out);
      const shared = await this.follow(shareSite(context, client, view, out));
      return this.result(shared, shareView(shared));
    }
    const served = await this.follow(openSitePreview(context, client, view, flags.port));
    process.stdout.write(`${previewAddress(served.url)}\n`);
    if (!context.signal.aborted) await once(context.signal, 'abort');
    await served.close();
    return this.result({ client: client.name }, 'The preview was closed.');
  }
}
