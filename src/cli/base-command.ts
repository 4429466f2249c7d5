import { setImmediate as turn } from 'node:timers/promises';
import { Command } from '@oclif/core/command';
import type { Config } from '@oclif/core/config';
import * as Flags from '@oclif/core/flags';
import { fail } from '../core/errors/index.ts';
import type { Work } from '../core/progress.ts';
import { type Context, createContext } from './context/context.ts';
import { plainRenderer } from './progress/plain.ts';
import type { Renderer } from './progress/renderer.ts';
import { silentRenderer } from './progress/silent.ts';
import { terminalRenderer } from './progress/terminal.ts';

/** Flags that every command has, as `this.parse` hands them over. */
export interface BaseFlags {
  readonly quiet: boolean;
  readonly workspace?: string | undefined;
  readonly json?: boolean | undefined;
}

/** A command's class. */
export interface RunnableCommand {
  id: string;
  new (words: string[], config: Config): SecCommand;
}

/** Ctrl-C, a shutdown or a cancelled CI job, a window that is closed. Each ends the process when it comes again. */
const STOPPING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** How long work may go on without a look at what else happened, in milliseconds. */
const TURN_MS = 50;

/**
 * The base of all commands: a command parses its words, opens a context, calls one domain and shows the result.
 * Results go to stdout, everything said on the way to stderr. Failures are thrown, and shown by `main`.
 */
export abstract class SecCommand extends Command {
  static override enableJsonFlag = true;
  static override baseFlags = {
    json: Flags.boolean({ description: 'print one JSON object, and ask nothing', default: false }),
    quiet: Flags.boolean({ char: 'q', description: 'say nothing unless something is wrong', default: false }),
    workspace: Flags.string({ description: 'the folder that holds sec.yaml', helpValue: 'DIR' }),
  };

  #quiet = false;
  #interactive = false;
  readonly #abort = new AbortController();
  readonly #stop = () => this.#abort.abort();

  /** Runs the command, without oclif having looked for it. */
  async start(): Promise<void> {
    await this._run();
  }

  /** The context of this run. Prompts exist only where a person sits at both ends. */
  protected open(flags: BaseFlags): Context {
    this.#quiet = flags.quiet;
    this.#interactive =
      !this.jsonEnabled() && process.stdin.isTTY === true && process.stderr.isTTY === true && !process.env.CI;
    for (const signal of STOPPING) process.once(signal, this.#stop);
    return createContext({
      cwd: process.cwd(),
      env: process.env,
      interactive: this.#interactive,
      workspaceDir: flags.workspace,
      usage: this.#usage(),
      signal: this.#abort.signal,
    });
  }

  /** Runs a use case to its result, and shows what it tells on the way. */
  protected async follow<Result>(work: Work<Result>): Promise<Result> {
    const renderer = this.#renderer();
    let turned = performance.now();
    try {
      for (;;) {
        const next = await work.next();
        if (next.done) return next.value;
        renderer.show(next.value);
        // Work that never waits would not hear of Ctrl-C before its end; a turn for each file of many would take long.
        if (performance.now() - turned < TURN_MS) continue;
        await turn();
        turned = performance.now();
      }
    } finally {
      renderer.close();
    }
  }

  /**
   * Asks for a yes. Without a terminal `--yes` stands for it; where even that is missing, the command is refused.
   *
   * @param question a whole sentence that names what will happen, with numbers
   * @throws CONFIRMATION_NEEDED, CANCELLED
   */
  protected async confirm(context: Context, question: string, saidYes: boolean): Promise<void> {
    if (saidYes) return;
    if (!context.prompts) throw fail('CONFIRMATION_NEEDED', { question });
    if (!(await context.prompts.confirm(question)))
      throw fail('CANCELLED', { state: 'Nothing was changed.' });
  }

  /** Shows the result: the object under --json, the text otherwise. `exit` is for results that are not a success. */
  protected result<T extends object>(value: T, text: string, exit = 0): T {
    if (!this.jsonEnabled() && !(this.#quiet && exit === 0))
      process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
    if (exit !== 0) process.exitCode = exit;
    return value;
  }

  /** Of many commands in one process, only the one that runs listens for Ctrl-C. */
  protected override async finally(error: Error | undefined): Promise<void> {
    for (const signal of STOPPING) process.off(signal, this.#stop);
    await super.finally(error);
  }

  /** Failures are shown in one place, `main`. */
  override async catch(error: Error): Promise<void> {
    throw error;
  }

  override logJson(json: unknown): void {
    process.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
  }

  #renderer(): Renderer {
    if (this.jsonEnabled() || this.#quiet) return silentRenderer();
    if (process.stderr.isTTY && !process.env.CI)
      return terminalRenderer(process.stderr, () => performance.now());
    return plainRenderer((text) => process.stderr.write(text));
  }

  #usage(): string {
    const words = Object.keys(this.ctor.args ?? {}).map((name) => `<${name}>`);
    return ['sec', ...(this.id ?? '').split(':'), ...words].join(' ');
  }
}
