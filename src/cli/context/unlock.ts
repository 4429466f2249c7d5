import type { Client } from '../../workspace/index.ts';
import { appendAudit } from './audit.ts';
import type { Context } from './context.ts';
import { openClientHost } from './host.ts';

/** Removes the lock of a client's host and records whose it was. @returns false where there was none */
export async function unlockHost(context: Context, client: Client, hostName?: string): Promise<boolean> {
  const host = await openClientHost(context, client, hostName);
  const lock = await host.lock();
  if (!lock) return false;
  await host.unlock();
  await appendAudit(context, client, 'site.unlock', {
    host: host.target,
    holder: lock.owner,
    since: lock.since,
  });
  return true;
}
