import type { ClientKey } from '../../audience/recipient-id.ts';
import { type SharedSuppression, shareSuppression } from '../../audience/shared-suppression.ts';
import { fail, isSecError } from '../../core/errors/index.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { sharedUrl } from './ledger.ts';
import { type ListOwner, titleOf } from './list-key.ts';
import { openApprovalSharing } from './share-approvals.ts';

/** What a client's people and the client itself said, and the office for all: in touch with the database that is shared. */
export interface Sharing {
  /** Learns what others recorded, and waits where the database is away for a moment. @throws LEDGER_UNREACHABLE, LISTS_… errors */
  refresh(): Promise<void>;
  /** After something was erased: leaves no byte of it in the database. */
  leaveNoTrace(): Promise<void>;
  close(): Promise<void>;
}

/** How often a refresh that fails is tried again, and how long it waits in between. */
const TRIES = 60;
const BETWEEN_MS = 1000;

/**
 * Opens what is shared, with what this machine knew carried over at the first time. Undefined where the record of sends
 * is a file of this machine.
 *
 * @throws SUPPRESSION_OTHER_KEY where this machine's look-ups would not find what others recorded; LEDGER_… and LISTS_… errors
 */
export async function openSharing(
  context: Context,
  client: Client | undefined,
): Promise<Sharing | undefined> {
  const url = sharedUrl(context);
  if (url === undefined) return undefined;
  const { OFFICE } = await import('../../adapters/ledgers/postgres/schema.ts');
  const { officeOf } = await import('./lists.ts');
  const office: Scope = { owner: officeOf(context), scope: OFFICE };
  const scopes: Scope[] = client ? [office, { owner: client, scope: client.name }] : [office];
  const opened: Sharing[] = [];
  const close = async () => {
    for (const each of opened) await each.close();
  };
  try {
    for (const scope of scopes) opened.push(await openScope(context, url, scope));
    const approvals = client && (await openApprovalSharing(context, client));
    if (approvals) opened.push({ ...approvals, leaveNoTrace: async () => {} });
  } catch (error) {
    await close();
    throw error;
  }
  return {
    async refresh() {
      await Promise.all(opened.map((each) => patiently(context.signal, each.refresh)));
    },
    async leaveNoTrace() {
      for (const each of opened) await each.leaveNoTrace();
    },
    close,
  };
}

/** Tells the office what changed here and learns what changed elsewhere, once. @throws what `openSharing` throws */
export async function share(context: Context, client: Client | undefined): Promise<void> {
  await (await openSharing(context, client))?.close();
}

interface Scope {
  readonly owner: ListOwner;
  /** As the database calls it. */
  readonly scope: string;
}

async function openScope(context: Context, url: string, { owner, scope }: Scope): Promise<Sharing> {
  const { stateDir } = owner;
  const name = titleOf(owner);
  const [{ hasStore, storePath }, { openSuppressionCopy }, { openSharedSuppression }, { OFFICE }] =
    await Promise.all([
      import('../../adapters/lists/open-store.ts'),
      import('../../adapters/lists/suppression-copy.ts'),
      import('../../adapters/ledgers/postgres/shared-suppression.ts'),
      import('../../adapters/ledgers/postgres/schema.ts'),
    ]);
  const folder = context.workspace().relative(stateDir);
  const open = (key: ClientKey | undefined) =>
    openSharedSuppression({ url, scope, key, whose: name, folder });
  if (!hasStore(stateDir)) {
    const unbegun = untilBegun(await open(undefined), { whose: name, folder });
    await unbegun.refresh().catch(async (error) => {
      await unbegun.close();
      throw error;
    });
    // The office may never suppress anybody for all of its clients: then it needs no key.
    if (scope === OFFICE) return unbegun;
    await unbegun.close();
  }
  const { createLists } = await import('./lists.ts');
  const store = await createLists(context, owner);
  const key = store.clientKey;
  store.close();
  const shared = await open(key);
  const copy = openSuppressionCopy(storePath(stateDir), name);
  const sharing: Sharing = {
    refresh: () => shareSuppression(copy, shared),
    leaveNoTrace: () => shared.leaveNoTrace(),
    async close() {
      copy.close();
      await shared.close();
    },
  };
  try {
    await sharing.refresh();
    return sharing;
  } catch (error) {
    await sharing.close();
    throw error;
  }
}

/** Nobody is suppressed there yet. Once somebody is, a machine without the key cannot look them up. */
function untilBegun(
  shared: SharedSuppression,
  facts: { readonly whose: string; readonly folder: string },
): Sharing {
  return {
    async refresh() {
      if (await shared.isBegun())
        throw fail('SUPPRESSION_OTHER_KEY', {
          ...facts,
          problem: 'it does not have the key that they are kept under',
        });
    },
    leaveNoTrace: async () => {},
    close: () => shared.close(),
  };
}

/** Until it is done, nothing goes on: a look-up that fails is no answer. */
async function patiently(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const isPassing = isSecError(error, 'LEDGER_UNREACHABLE') || isSecError(error, 'LISTS_BUSY');
      if (!isPassing || tries === TRIES || signal.aborted) throw error;
      const { setTimeout: wait } = await import('node:timers/promises');
      await wait(BETWEEN_MS, undefined, { signal }).catch(() => {});
    }
  }
}
