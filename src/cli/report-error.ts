import pc from 'picocolors';
import { fail, isSecError, type SecError } from '../core/errors/index.ts';
import { nearNames } from '../core/near.ts';
import { redact, withoutAddresses } from './redact.ts';

/** What `--json` prints for a failure, and nothing else with it. */
export interface ErrorReport {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly hint: string;
    readonly exitCode: number;
    readonly details: Readonly<Record<string, unknown>>;
  };
}

/** Shows `error` the way the command line asked for, and returns the exit code. */
export function reportError(error: unknown, argv: readonly string[]): number {
  if (isQuietExit(error)) return error.oclif.exit;
  const known = asSecError(error, argv);
  if (process.env.SEC_DEBUG) process.stderr.write(`${(known.cause as Error)?.stack ?? known.stack}\n`);
  if (wantsJson(argv)) process.stdout.write(`${JSON.stringify(toReport(known), null, 2)}\n`);
  else process.stderr.write(toText(known));
  return known.exitCode;
}

/** Whether `--json` stands among the words before a `--`. */
function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end < 0 ? argv : argv.slice(0, end)).includes('--json');
}

function toReport({ code, message, hint, exitCode, details }: SecError): ErrorReport {
  const clean = JSON.parse(JSON.stringify(details), (_name, value) =>
    typeof value === 'string' ? redact(value) : value,
  );
  return { error: { code, message: redact(message), hint: redact(hint), exitCode, details: clean } };
}

function toText({ message, hint }: SecError): string {
  return `\n${pc.red('✗')} ${pc.bold(redact(message))}\n  ${redact(hint)}\n\n`;
}

/** Any failure as one of the catalogue's: what oclif throws is usage, what the system throws is I/O, the rest is ours. */
export function asSecError(error: unknown, argv: readonly string[]): SecError {
  if (isSecError(error)) return error;
  const problem = withoutAddresses(error instanceof Error ? error.message : String(error));
  if (isOclifError(error)) {
    const what = hasUnknownOptions(error) ? unknownOption(error) : { problem: plainUsage(problem) };
    return fail('USAGE', { ...what, command: commandWords(argv) }, error);
  }
  if (isAbort(error)) return fail('CANCELLED', { state: 'Nothing was changed by this step.' }, error);
  const system = error as NodeJS.ErrnoException;
  if (typeof system.errno === 'number' && typeof system.code === 'string') {
    const file = system.path === undefined ? undefined : withoutAddresses(system.path);
    return fail('IO_FAILED', { problem: withoutAddresses(plainSystemError(system)), file }, error);
  }
  return fail('BUG', { problem }, error);
}

const isOclifError = (error: unknown): error is Error => error instanceof Error && 'oclif' in error;
const isQuietExit = (error: unknown): error is { oclif: { exit: number } } =>
  isOclifError(error) && (error as { code?: string }).code === 'EEXIT';
const isAbort = (error: unknown) =>
  error instanceof Error && /^(ExitPromptError|AbortError)$/.test(error.name);

const commandWords = (argv: readonly string[]) => {
  const end = argv.findIndex((word) => word.startsWith('-'));
  return (end < 0 ? argv : argv.slice(0, end)).slice(0, 2).join(' ');
};

/** What oclif's error for options that a command does not have tells besides its message. */
interface UnknownOptions {
  /** As they were typed: `--acept-drift`, `-x`, `--hots=file:x`. */
  readonly flags: readonly string[];
  readonly parse: { readonly input: { readonly flags: Readonly<Record<string, { allowNo?: boolean }>> } };
}

const hasUnknownOptions = (error: Error): error is Error & UnknownOptions =>
  'flags' in error && 'parse' in error;

function unknownOption({ flags, parse }: UnknownOptions) {
  const typed = flags.map((flag) => flag.replace(/=.*$/s, ''));
  const known = Object.entries(parse.input.flags).flatMap(([name, { allowNo }]) =>
    allowNo ? [name, `no-${name}`] : [name],
  );
  const [, word] = /^--(.+)$/.exec(typed[0] ?? '') ?? [];
  const near = word === undefined ? [] : nearNames(word, known).map((name) => `--${name}`);
  return {
    problem: `There is no option ${withoutAddresses(typed.join(', '))}.`,
    ...(near.length > 0 ? { near } : {}),
  };
}

function plainUsage(problem: string): string {
  return problem
    .replace(/\nSee more help with --help/, '')
    .replace(/^Unexpected arguments?: /, 'There is a word too many: ')
    .trim();
}

function plainSystemError({ code, message }: NodeJS.ErrnoException): string {
  const plain: Record<string, string> = {
    ENOSPC: 'the disk is full',
    EACCES: 'it may not be read or written by you',
    EPERM: 'the system does not permit it',
    EROFS: 'it is on a read-only disk',
    ENOENT: 'it does not exist',
    EISDIR: 'it is a folder, where a file was expected',
    ENOTDIR: 'a part of its path is not a folder',
    EMFILE: 'too many files are open at once',
    EIO: 'the disk reported an error',
  };
  return plain[code ?? ''] ?? message;
}
