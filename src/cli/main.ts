import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../adapters/files/package-root.ts';
import { fail } from '../core/errors/index.ts';
import { reportError } from './report-error.ts';

/**
 * Runs one command line to its end and sets the exit code. Every failure of every command, also of a word that
 * is no command, is shown from here, so that there is one form of an error.
 *
 * @param options.fromSource run the commands in src/ instead of the built ones
 */
export async function main(argv: string[], options: { fromSource?: boolean } = {}): Promise<void> {
  keepWorkingUnread();
  const root = packageRoot();
  const pjson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (argv.length === 1 && argv[0] === '--version') {
    process.stdout.write(`sec ${pjson.version}\n`);
    return;
  }
  const { run } = await import('@oclif/core/run');
  if (options.fromSource) {
    pjson.oclif.commands = { strategy: 'pattern', target: './src/commands', globPatterns: ['**/*.ts'] };
    pjson.oclif.hooks = { command_not_found: './src/cli/hooks/command-not-found.ts' };
  }
  const words = argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
  try {
    refuseHelpAsJson(words, Object.keys(pjson.oclif.topics));
    await run(words, { root, pjson, isRoot: true, ignoreManifest: options.fromSource === true });
  } catch (error) {
    process.exitCode = reportError(error, words);
  }
}

/** A topic alone shows its help, which is no JSON object. @throws WORD_MISSING */
function refuseHelpAsJson(argv: readonly string[], topics: readonly string[]): void {
  const words = argv.filter((word) => !word.startsWith('-'));
  const isTopic = words.length === 0 || (words.length === 1 && topics.includes(words[0] ?? ''));
  if (!argv.includes('--json') || argv.includes('--help') || !isTopic) return;
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
