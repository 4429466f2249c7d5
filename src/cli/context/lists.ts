import { join } from 'node:path';
import type { ListStore } from '../../audience/list-store.ts';
import type { Context } from './context.ts';
import { type ListOwner, listKey, titleOf } from './list-key.ts';

/**
 * The client's stored lists; undefined where nothing was ever stored.
 *
 * @throws LISTS_KEY_LOST, LISTS_BUSY, LISTS_BROKEN, VAULT_… errors
 */
export async function openLists(context: Context, client: ListOwner): Promise<ListStore | undefined> {
  const { hasStore } = await import('../../adapters/lists/open-store.ts');
  return hasStore(client.stateDir) ? createLists(context, client) : undefined;
}

/** The client's stored lists, made where there are none. @throws LISTS_KEY_LOST, LISTS_BUSY, LISTS_BROKEN, VAULT_… errors */
export async function createLists(context: Context, client: ListOwner): Promise<ListStore> {
  const { openStore } = await import('../../adapters/lists/open-store.ts');
  return openStore(client.stateDir, titleOf(client), await listKey(context, client));
}

/** The same, opened once for the whole run and closed with it: for what is read on and on, and for workers that go on. */
export const keptOpen = (context: Context, owner: ListOwner): Promise<ListStore> =>
  context.once(`the lists in ${owner.stateDir}`, () => createLists(context, owner));

/** The same, undefined where nothing was ever stored. */
export async function knownLists(context: Context, owner: ListOwner): Promise<ListStore | undefined> {
  const { hasStore } = await import('../../adapters/lists/open-store.ts');
  return hasStore(owner.stateDir) ? keptOpen(context, owner) : undefined;
}

/** Whose the office's own suppressions are. No client's name begins like this. */
export const officeOf = (context: Context): ListOwner => ({
  name: '_office',
  title: 'the office',
  stateDir: join(context.workspace().stateDir, 'office'),
});

/**
 * Whom the office suppresses for all of its clients; undefined where it never did. They are kept like a client's, under
 * a key of the office's own, and beside no list.
 *
 * @throws LISTS_KEY_LOST, LISTS_BUSY, LISTS_BROKEN, VAULT_… errors
 */
export const openOffice = (context: Context): Promise<ListStore | undefined> =>
  knownLists(context, officeOf(context));

/** The office's suppressions, made where there are none. @throws LISTS_KEY_LOST, LISTS_BUSY, LISTS_BROKEN, VAULT_… errors */
export const createOffice = (context: Context): Promise<ListStore> => keptOpen(context, officeOf(context));
