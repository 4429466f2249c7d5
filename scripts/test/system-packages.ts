import { spawnSync } from 'node:child_process';
import { findProgram } from '../../test/support/programs.ts';

/** A program of the system that some suites need. */
interface SystemProgram {
  readonly what: string;
  /** Names it goes by; the first one found counts. */
  readonly commands: readonly string[];
  /** Debian's packages for it. */
  readonly debian: readonly string[];
}

const needed: readonly SystemProgram[] = [
  { what: 'Chromium', commands: ['chromium', 'chromium-browser', 'google-chrome'], debian: ['chromium'] },
  { what: 'Hugo', commands: ['hugo'], debian: ['hugo'] },
  { what: 'The OpenSSH server', commands: ['sshd'], debian: ['openssh-server', 'openssh-client'] },
  { what: 'rsync', commands: ['rsync'], debian: ['rsync'] },
  { what: 'An FTP server', commands: ['proftpd'], debian: ['proftpd-core', 'proftpd-mod-crypto'] },
  { what: 'PostgreSQL', commands: ['postgres'], debian: ['postgresql'] },
  { what: 'A mail server', commands: ['smtpd'], debian: ['opensmtpd'] },
  { what: 'git', commands: ['git'], debian: ['git'] },
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
    const packages = missing.flatMap(({ debian }) => debian);
    say(`Installing for the tests: ${packages.join(' ')}`);
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages]);
  }
  const still = needed.filter((program) => !isThere(program));
  for (const { what, debian } of still)
    say(`${what} is not installed (package ${debian.join(' ')}): its suites are skipped.`);
  return still.map(({ what }) => what);
}

const isThere = ({ commands }: SystemProgram) => findProgram(...commands) !== undefined;
const mayInstall = () => process.getuid?.() === 0 && findProgram('apt-get') !== undefined;

function run(command: string, args: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
}
