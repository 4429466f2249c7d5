import type { ListStore } from '../../src/audience/list-store.ts';
import { createLists } from '../../src/cli/context/audience.ts';
import { type Context, createContext } from '../../src/cli/context/context.ts';

/** A context as a command in the workspace `root` has it, with nobody who can be asked. */
export const contextIn = (root: string, env: NodeJS.ProcessEnv = process.env): Context =>
  createContext({
    cwd: root,
    env,
    interactive: false,
    workspaceDir: root,
    usage: '',
    signal: new AbortController().signal,
  });

/** The lists of a client of the workspace `root`, under the key that its commands use. */
export async function listsIn(root: string, client: string): Promise<ListStore> {
  const context = contextIn(root);
  return createLists(context, context.workspace().client(client));
}
