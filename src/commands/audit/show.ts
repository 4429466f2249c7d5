import { SecCommand } from '../../cli/base-command.ts';
import { openAudit } from '../../cli/context/audit.ts';
import { auditView } from '../../cli/views/audit.ts';

export default class AuditShow extends SecCommand {
  static override summary = 'who did what, to which bytes';

  async run() {
    const { flags } = await this.parse(AuditShow);
    const context = this.open(flags);
    const entries = await (await openAudit(context)).entries();
    return this.result({ entries }, auditView(entries, context.workspace().config.timezone));
  }
}
