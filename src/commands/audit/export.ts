import { resolve } from 'node:path';
import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { exportAudit } from '../../cli/context/audit.ts';
import { clientArg } from '../../cli/flags.ts';
import { count } from '../../cli/views/words.ts';

export default class AuditExport extends SecCommand {
  static override summary = "a client's part of the audit log, to hand over";
  static override description =
    'A file with everything that was done for this client. Of the others it has numbers and hashes only, so that the ' +
    'client can check that nothing of its own is missing or changed: sec audit verify --file FILE.';
  static override examples = ['sec audit export kaldi --out kaldi-audit.json'];
  static override args = { client: clientArg };
  static override flags = {
    out: Flags.string({ description: 'the file to write', helpValue: 'FILE' }),
  };

  async run() {
    const { args, flags } = await this.parse(AuditExport);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const file = resolve(context.cwd, flags.out ?? `${client.name}-audit.json`);
    const { own, head } = await exportAudit(context, client, file);
    const text = `Wrote ${count(own, 'entry', 'entries')} of ${client.name} into ${file}, head ${head}`;
    return this.result(
      { client: client.name, file: context.workspace().relative(file), entries: own, head },
      text,
    );
  }
}
