import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../../cli/base-command.ts';
import { openClientHost } from '../../cli/context/host.ts';
import { unlockHost } from '../../cli/context/unlock.ts';
import { clientArg, dryRun, yes } from '../../cli/flags.ts';

export default class SiteUnlock extends SecCommand {
  static override summary = 'free a host whose lock was left behind by a computer that is gone';
  static override args = { client: clientArg };
  static override flags = {
    host: Flags.string({ description: "one of the client's further hosts", helpValue: 'NAME' }),
    'dry-run': dryRun,
    yes,
  };

  async run() {
    const { args, flags } = await this.parse(SiteUnlock);
    const context = this.open(flags);
    const client = await context.client(args.client);
    const host = await openClientHost(context, client, flags.host);
    const lock = await host.lock();
    const result = (unlocked: boolean, text: string) =>
      this.result({ client: client.name, host: host.target, unlocked }, text);
    if (!lock) return result(false, `${host.target} is not locked. Nothing was changed.`);
    const holder = `${lock.owner} (${lock.doing}, since ${lock.since})`;
    if (flags['dry-run']) return result(false, `The lock of ${holder} would be removed.`);
    await this.confirm(context, `Remove the lock of ${holder}? If that still runs, it will stop.`, flags.yes);
    return result(await unlockHost(context, client, flags.host), `${host.target} is free again.`);
  }
}
