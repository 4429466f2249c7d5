import { resolve } from 'node:path';
import * as Flags from '@oclif/core/flags';
import { verifyChain } from '../../audit/index.ts';
import { SecCommand } from '../../cli/base-command.ts';
import { openAudit, verifyAuditFile } from '../../cli/context/audit.ts';
import { count } from '../../cli/views/words.ts';

export default class AuditVerify extends SecCommand {
  static override summary = 'check that nothing in the audit log was changed or cut off';
  static override flags = {
    head: Flags.string({
      description: 'a chain head from a receipt that must be in the log',
      helpValue: 'HASH',
    }),
    file: Flags.string({ description: "check a client's part of the log instead", helpValue: 'FILE' }),
  };

  async run() {
    const { flags } = await this.parse(AuditVerify);
    const context = this.open(flags);
    if (flags.file !== undefined) {
      const { own, head } = verifyAuditFile(resolve(context.cwd, flags.file), flags.head);
      const text = `This part of the audit log holds together: ${count(own, 'entry', 'entries')}, head ${head}`;
      return this.result({ entries: own, head }, text);
    }
    const log = await openAudit(context);
    const { head, entries } = verifyChain(await log.entries(), flags.head);
    return this.result(
      { entries, head },
      `The audit log holds together: ${count(entries, 'entry', 'entries')}, head ${head}`,
    );
  }
}
