import { join } from 'node:path';
import { shareShelves } from '../../approval/shelf.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { sharedUrl } from './ledger.ts';

/** What a client agreed to, in touch with the database of the office. */
export interface ApprovalSharing {
  /** Tells what was agreed to or taken back here, and learns what was elsewhere. @throws LEDGER_UNREACHABLE */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** Undefined where the record of sends is a file of this machine. @throws LEDGER_UNREACHABLE, LEDGER_UNKNOWN */
export async function openApprovalSharing(
  context: Context,
  client: Client,
): Promise<ApprovalSharing | undefined> {
  const url = sharedUrl(context);
  if (url === undefined) return undefined;
  const [{ shelfFolder }, { openSharedShelf }] = await Promise.all([
    import('../../adapters/approvals/shelf-folder.ts'),
    import('../../adapters/ledgers/postgres/shared-shelf.ts'),
  ]);
  const here = shelfFolder(join(client.siteDir, 'approvals'), join(client.stateDir, 'approvals'));
  const shared = await openSharedShelf(url, client.name);
  return { refresh: () => shareShelves(here, shared), close: () => shared.close() };
}

/** Makes this machine and the office know the same of what a client agreed to. @throws what `openApprovalSharing` throws */
export async function shareApprovals(context: Context, client: Client): Promise<void> {
  const sharing = await openApprovalSharing(context, client);
  try {
    await sharing?.refresh();
  } finally {
    await sharing?.close();
  }
}
