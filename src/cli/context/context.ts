import type { Clock } from '../../core/clock.ts';
import { fail } from '../../core/errors/index.ts';
import { type Client, openWorkspace, type Workspace } from '../../workspace/index.ts';
import { type Prompts, terminalPrompts } from '../prompts.ts';

/**
 * What every command is handed: the workspace, the time, somebody to ask where there is one. The other files
 * of this folder wire the adapters to one domain each, and load them only when they are called for.
 */
export interface Context {
  /** The folder that relative paths on the command line start from. */
  readonly cwd: string;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly clock: Clock;
  /** Absent under --json and without a terminal: nobody can be asked. */
  readonly prompts: Prompts | undefined;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Opened at the first call. @throws WORKSPACE_NOT_FOUND, YAML_BROKEN, FIELD_INVALID */
  workspace(): Workspace;
  /** The client of that name; without a name, the one that a person picks. @throws WORD_MISSING, CLIENTS_NONE, CLIENT_UNKNOWN */
  client(name: string | undefined): Promise<Client>;
  /** A word of the command line, or the one that a person picks in its place. @throws WORD_MISSING */
  word(
    word: string,
    given: string | undefined,
    choices: () => readonly WordChoice[] | Promise<readonly WordChoice[]>,
  ): Promise<string>;
  /** What `make` makes, made once in this run, such as a key that a passphrase was asked for. A failure is tried again. */
  once<T>(what: string, make: () => Promise<T>): Promise<T>;
}

export interface WordChoice {
  readonly value: string;
  readonly name?: string;
}

export interface ContextOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly interactive: boolean;
  readonly workspaceDir: string | undefined;
  readonly usage: string;
  readonly signal: AbortSignal;
}

export function createContext({
  cwd,
  env,
  interactive,
  workspaceDir,
  usage,
  signal,
}: ContextOptions): Context {
  const prompts = interactive ? terminalPrompts() : undefined;
  let workspace: Workspace | undefined;
  const made = new Map<string, Promise<unknown>>();

  const context: Context = {
    cwd,
    env,
    clock: { now: () => Temporal.Now.instant() },
    prompts,
    signal,
    workspace() {
      workspace ??= openWorkspace(cwd, workspaceDir ?? (env.SEC_WORKSPACE || undefined));
      return workspace;
    },
    async client(name) {
      const opened = context.workspace();
      const names = opened.clientNames();
      if (!name && names.length === 0) throw fail('CLIENTS_NONE', {});
      const choices = () => names.map((value) => ({ value }));
      return opened.client(await context.word('client', name, choices));
    },
    async word(word, given, choices) {
      if (given !== undefined && given !== '') return given;
      const offered = await choices();
      if (prompts && offered.length > 0) return prompts.select(`Which ${word}?`, offered);
      throw fail('WORD_MISSING', { word, choices: offered.map(({ value }) => value), usage });
    },
    once<T>(what: string, make: () => Promise<T>) {
      const known = made.get(what) ?? make();
      made.set(what, known);
      known.catch(() => made.delete(what));
      return known as Promise<T>;
    },
  };
  return context;
}
