import type { ListStore } from '../../src/audience/list-store.ts';
import { createLists } from '../../src/cli/context/lists.ts';
import { contextIn } from './context.ts';

/** The lists of a client of the workspace `root`, under the key that its commands use. */
export async function listsIn(root: string, client: string): Promise<ListStore> {
  const context = contextIn(root);
  return createLists(context, context.workspace().client(client));
}
