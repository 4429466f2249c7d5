import { execa } from 'execa';
import { fail, isSecError } from '../../../core/errors/index.ts';
import { said } from '../shared/said.ts';
import { type SshLogin, sshFailure, sshOptions } from '../shared/ssh.ts';
import { HostTrouble } from '../shared/trouble.ts';
import type { RsyncAddress } from './address.ts';

export interface ShellOptions {
  readonly address: RsyncAddress;
  readonly client: string;
  readonly login: SshLogin;
  /** The environment of sec: a few names of it are passed on. */
  readonly env: Readonly<NodeJS.ProcessEnv>;
}

/** A POSIX shell on the other side. */
export interface RemoteShell {
  /**
   * Runs a script there and returns what it printed. No word of it is read by the user's own shell, and none of it
   * runs where only a part of it arrived.
   *
   * @throws HostTrouble, HOST_IDENTITY_UNKNOWN, HOST_IDENTITY_CHANGED, HOST_PROGRAM_MISSING
   */
  run(script: string): Promise<string>;
}

const END = '\n-- sec: end --\n';
const passedOn = /^(path|systemroot|temp|tmp|ssh_auth_sock)$/i;

/** What ssh needs of the environment: programs, and the agent with the keys. */
export function sshEnvironment(env: Readonly<NodeJS.ProcessEnv>): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => passedOn.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C', SSH_ASKPASS_REQUIRE: 'never' };
}

export function remoteShell(options: ShellOptions): RemoteShell {
  const { address, login, env } = options;
  const { host, port, user, target } = address;
  const who = user === undefined ? [] : ['-l', user];
  const words = [
    ...sshOptions(login),
    '-T',
    '-p',
    String(port),
    ...who,
    '--',
    host.replace(/^\[|\]$/g, ''),
    'sh -s',
  ];
  return {
    async run(script) {
      const setting = 'set -eu\numask 022\nLC_ALL=C\nexport LC_ALL';
      const body = `body() {\n${script}\n}\nmain() {\n${setting}\nbody\nprintf '%s' '${END}'\n}\nmain\n`;
      const run = await execa('ssh', words, {
        env: sshEnvironment(env),
        extendEnv: false,
        input: body,
        reject: false,
        stripFinalNewline: false,
        maxBuffer: 1 << 30,
      });
      if (run.code === 'ENOENT')
        throw fail('HOST_PROGRAM_MISSING', { target, program: 'OpenSSH', where: 'this computer' });
      if (run.failed) throw shellFailure(run.stderr, run.exitCode, options);
      if (!run.stdout.endsWith(END)) throw new HostTrouble('silent', 'the connection broke off');
      return run.stdout.slice(0, -END.length);
    },
  };
}

/** What ended a program that ran through SSH. 255 is ssh's own (ssh(1)), 127 a command that is not there. */
export function shellFailure(
  stderr: string,
  exitCode: number | undefined,
  { address: { target }, client }: Pick<ShellOptions, 'address' | 'client'>,
): Error {
  const known = exitCode === 1 ? undefined : sshFailure(stderr, { client, target });
  if (isSecError(known, 'HOST_UNREACHABLE')) return new HostTrouble('silent', problemOf(known));
  if (isSecError(known, 'LOGIN_REFUSED')) return new HostTrouble('closed', problemOf(known));
  if (known) return known;
  if (exitCode === 255 || exitCode === undefined)
    return new HostTrouble('silent', 'the connection broke off');
  const missing = /(\w[\w-]*): (command )?not found/.exec(stderr)?.[1];
  if (exitCode === 127 || missing !== undefined)
    return fail('HOST_PROGRAM_MISSING', { target, program: missing ?? 'rsync', where: 'that host' });
  const words = refusals.find(([pattern]) => pattern.test(stderr))?.[1];
  return new HostTrouble('other', words ?? `it stopped with: ${said(stderr)}`);
}

const refusals: readonly (readonly [RegExp, string])[] = [
  [/No space left on device/, 'its disk is full'],
  [/Disk quota exceeded/, 'the room that you have on its disk is used up'],
  [/Permission denied|Operation not permitted/, 'it lets you not write there'],
  [/Read-only file system/, 'its disk is read-only'],
];

const problemOf = (error: { readonly details: object }) =>
  String((error.details as { problem?: unknown }).problem);
