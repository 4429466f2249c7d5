import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program of the system that some suites need. */
interface SystemProgram {
  readonly what: string;
  /** Names it goes by; the first one found counts. */
  readonly commands: readonly string[];
  /** Debian's package for it. */
  readonly debian: string;
}

const needed: readonly SystemProgram[] = [
  { what: 'Chromium', commands: ['chromium', 'chromium-browser', 'google-chrome'], debian: 'chromium' },
  { what: 'Hugo', commands: ['hugo'], debian: 'hugo' },
];

/**
 * Sees to it that the programs which the tests need are there, from the system's packages where this user may
 * install them (root on a Debian system). What stays missing is said in a line; its suites skip themselves.
 *
 * @returns the names of what is missing
 */
export function provideSystemPrograms(say: (line: string) => void): string[] {
  const missing = needed.filter((program) => !isThere(program));
  if (missing.length > 0 && mayInstall()) {
    const packages = missing.map(({ debian }) => debian);
    say(`Installing for the tests: ${packages.join(' ')}`);
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages]);
  }
  const still = needed.filter((program) => !isThere(program));
  for (const { what, debian } of still)
    say(`${what} is not installed (package ${debian}): its suites are skipped.`);
  return still.map(({ what }) => what);
}

const isThere = ({ commands }: SystemProgram) => commands.some(onPath);
const mayInstall = () => process.getuid?.() === 0 && onPath('apt-get');

function onPath(command: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((dir) => {
    try {
      accessSync(join(dir, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function run(command: string, args: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
}
