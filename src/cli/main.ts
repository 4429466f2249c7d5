import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '@oclif/core/config';
import { packageRoot } from '../adapters/files/package-root.ts';
import type { RunnableCommand } from './base-command.ts';

/** A command that is at hand, so that nobody need look for it. */
export interface NamedCommand {
  /** As oclif writes it: `site:build`. */
  readonly id: string;
  readonly load: () => Promise<{ readonly default: RunnableCommand }>;
}

/**
 * Runs one command line to its end and sets the exit code. Every failure of every command, also of a word that
 * is no command, is shown from here, so that there is one form of an error.
 *
 * @param options.fromSource run the commands in src/ instead of the built ones
 * @param options.command the one that `argv` begins with, where that is known
 */
export async function main(
  argv: string[],
  options: { readonly fromSource?: boolean; readonly command?: NamedCommand | undefined } = {},
): Promise<void> {
  keepWorkingUnread();
  const root = packageRoot();
  const pjson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (argv.length === 1 && argv[0] === '--version') {
    process.stdout.write(`sec ${pjson.version}\n`);
    return;
  }
  if (options.fromSource) {
    pjson.oclif.commands = { strategy: 'pattern', target: './src/commands', globPatterns: ['**/*.ts'] };
    pjson.oclif.hooks = { command_not_found: './src/cli/hooks/command-not-found.ts' };
  }
  const program = { root, pjson, isRoot: true, ignoreManifest: options.fromSource === true };
  const words = argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
  try {
    if (options.command && !asksForHelp(words)) await runNamed(options.command, words, program);
    else await runFound(words, program);
  } catch (error) {
    const { reportError } = await import('./report-error.ts');
    process.exitCode = reportError(error, words);
  }
}

/** What oclif is told of sec. */
type Program = Config['options'];

/** Spares oclif reading and sorting all commands, which takes as long as a light one itself. */
async function runNamed({ id, load }: NamedCommand, words: readonly string[], program: Program) {
  const [{ LoneConfig }, { default: Command }] = await Promise.all([import('./lone-config.ts'), load()]);
  Command.id = id;
  await new Command(words.slice(id.split(':').length), new LoneConfig(program)).start();
}

/** Lets oclif look for the command, or show what there is. */
async function runFound(words: string[], program: Program) {
  const { run } = await import('@oclif/core/run');
  await refuseHelpAsJson(words, Object.keys(program.pjson?.oclif.topics ?? {}));
  await run(words, program);
}

/** Whether the words before a `--` ask for help. */
function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end < 0 ? argv : argv.slice(0, end)).some((word) => word === '--help' || word === '-h');
}

/** A topic alone shows its help, which is no JSON object. @throws WORD_MISSING */
async function refuseHelpAsJson(argv: readonly string[], topics: readonly string[]): Promise<void> {
  const words = argv.filter((word) => !word.startsWith('-'));
  const isTopic = words.length === 0 || (words.length === 1 && topics.includes(words[0] ?? ''));
  if (!argv.includes('--json') || argv.includes('--help') || !isTopic) return;
  const { fail } = await import('../core/errors/index.ts');
  throw fail('WORD_MISSING', {
    word: words.length === 0 ? 'topic' : 'command',
    choices: words.length === 0 ? topics : [],
    usage: `${['sec', ...words].join(' ')} --help`,
  });
}

/** Whoever reads along may go away (`| head`, a window that is closed): what is under way is not their business. */
function keepWorkingUnread(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
    });
}
