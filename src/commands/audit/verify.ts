import { Flags } from '@oclif/core';
import { verifyChain } from '../../audit/index.ts';
import { SecCommand } from '../../cli/base-command.ts';
import { openAudit } from '../../cli/context/audit.ts';
import { count } from '../../cli/views/words.ts';

export default class AuditVerify extends SecCommand {
  static override summary = 'check that nothing in the audit log was changed or cut off';
  static override flags = {
    head: Flags.string({
      description: 'a chain head from a receipt that must be in the log',
      helpValue: 'HASH',
    }),
  };

  async run() {
    const { flags } = await this.parse(AuditVerify);
    const log = await openAudit(this.open(flags));
    const { head, entries } = verifyChain(await log.entries(), flags.head);
    return this.result(
      { entries, head },
      `The audit log holds together: ${count(entries, 'entry', 'entries')}, head ${head}`,
    );
  }
}
