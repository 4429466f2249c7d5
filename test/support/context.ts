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
