import { entry, oneOf } from './entry.ts';

/** Failures of the conversation itself: words, flags, answers. */
export const cliErrors = {
  WORD_MISSING: entry<{ word: string; choices: readonly string[]; usage: string }>({
    title: 'A word is missing',
    exit: 'usage',
    message: ({ word }) => `The command needs the word <${word}>.`,
    hint: ({ choices, usage }) =>
      choices.length > 0 ? `One of: ${choices.join(', ')}. Usage: ${usage}` : `Usage: ${usage}`,
  }),
  FLAG_MISSING: entry<{ flag: string; question: string }>({
    title: 'An option is missing',
    exit: 'usage',
    message: ({ flag, question }) =>
      `The command needs --${flag} (${question.toLowerCase()}). Nothing was changed.`,
    hint: ({ flag }) => `Add it: --${flag} "…". In a terminal you are asked for it.`,
  }),
  FLAG_INVALID: entry<{ flag: string; problem: string }>({
    title: 'An option with a value that does not do',
    exit: 'usage',
    message: ({ flag, problem }) => `--${flag}: ${problem} Nothing was changed.`,
    hint: () => 'Correct it and run the command again.',
  }),
  USAGE: entry<{ problem: string; command: string; near?: readonly string[] | undefined }>({
    title: 'The command was not understood',
    exit: 'usage',
    message: ({ problem }) => problem,
    hint: ({ command, near = [] }) => {
      const help = `sec ${command ? `${command} ` : ''}--help`;
      return near.length > 0 ? `Did you mean ${near.join(' or ')}? All options: ${help}` : `See: ${help}`;
    },
  }),
  COMMAND_UNKNOWN: entry<{ command: string; near: readonly string[] }>({
    title: 'Unknown command',
    exit: 'usage',
    message: ({ command }) => `sec has no command "${command}".`,
    hint: ({ near }) =>
      near.length > 0 ? `Did you mean ${oneOf(near)}? All commands: sec --help` : 'All commands: sec --help',
  }),
  CONFIRMATION_NEEDED: entry<{ question: string }>({
    title: 'A yes is needed',
    exit: 'usage',
    message: ({ question }) =>
      `This needs a yes, and nobody can be asked here: ${question} Nothing was changed.`,
    hint: () => 'Look at it first with --dry-run, then run it again with --yes.',
  }),
  CANCELLED: entry<{ state: string }>({
    title: 'Cancelled',
    exit: 'cancelled',
    message: ({ state }) => `Stopped at your word. ${state}`,
    hint: () => 'Run the same command again whenever you like.',
  }),
  BUG: entry<{ problem: string }>({
    title: 'A mistake in sec',
    exit: 'bug',
    message: ({ problem }) => `Something in sec itself went wrong: ${problem}`,
    hint: () =>
      'This is not your fault. Please report it with the command you typed; SEC_DEBUG=1 shows where it happened.',
  }),
  IO_FAILED: entry<{ problem: string; file?: string | undefined }>({
    title: 'The disk or the system refused',
    exit: 'io',
    message: ({ problem, file }) => `${file ? `${file}: ` : ''}${problem}.`,
    hint: () =>
      'Check that the disk is not full and that the file or folder may be read and written, then run it again.',
  }),
};
