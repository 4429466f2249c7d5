import { join } from 'node:path';
import { execa } from 'execa';
import { fail } from '../../../core/errors/index.ts';
import { quoteWord } from '../shared/shell-words.ts';
import { type SshLogin, sshOptions } from '../shared/ssh.ts';
import type { GitAddress } from './address.ts';

/** How git gets in; nothing for a repository on this computer. */
export interface GitLogin {
  readonly ssh?: SshLogin;
  readonly https?: { readonly user: string; readonly password: string };
}

export interface GitOptions extends GitLogin {
  readonly address: GitAddress;
  /** Bare repository of the client's own in which git works. */
  readonly cache: string;
  /** The environment of sec: a few names of it are passed on. */
  readonly env: Readonly<NodeJS.ProcessEnv>;
}

/** How a run of git ended. */
export interface GitRun {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

/** git, with nothing of this computer's configuration and nothing that could run code. */
export interface Git {
  readonly cache: string;
  /** Runs to the end, and says how it ended. @throws HOST_PROGRAM_MISSING */
  attempt(words: readonly string[], options?: RunOptions): Promise<GitRun>;
  /** A command on the cache alone, of which nothing should fail. @throws Error with what git said */
  local(words: readonly string[], options?: RunOptions): Promise<string>;
  /** Its output as it comes, for what is too large to be held. */
  stream(words: readonly string[], input: string): AsyncIterable<Buffer>;
}

/** What git needs of the environment: programs, the agent with the keys, the way through a proxy, whom to trust. */
const passedOn =
  /^(path|systemroot|temp|tmp|ssh_auth_sock|(https?|all|no)_proxy|ssl_cert_(file|dir)|git_ssl_cainfo)$/i;

export function gitProgram(options: GitOptions): Git {
  const { address, cache } = options;
  const words = [...safety(address), '--git-dir', cache];
  const env = environment(options);
  const settings = (more: RunOptions) => ({
    cwd: cache,
    env: { ...env, ...more.env },
    extendEnv: false,
    stripFinalNewline: false,
    reject: false as const,
    ...(more.input === undefined ? { stdin: 'ignore' as const } : { input: more.input }),
  });
  const attempt = async (command: readonly string[], more: RunOptions = {}): Promise<GitRun> => {
    const run = await execa('git', [...words, ...command], { ...settings(more), maxBuffer: 1 << 30 });
    if (run.code === 'ENOENT')
      throw fail('HOST_PROGRAM_MISSING', { target: address.target, program: 'git', where: 'this computer' });
    return { ok: !run.failed, stdout: run.stdout, stderr: run.stderr };
  };
  return {
    cache,
    attempt,
    async local(command, more) {
      const { ok, stdout, stderr } = await attempt(command, more);
      if (!ok) throw new Error(`git ${command[0]}: ${stderr}`);
      return stdout;
    },
    async *stream(command, input) {
      const child = execa('git', [...words, ...command], {
        ...settings({ input }),
        buffer: false,
        encoding: 'buffer',
      });
      yield* child.stdout as AsyncIterable<Buffer>;
      const { failed } = await child;
      if (failed) throw new Error(`git ${command[0]} ended before its time`);
    },
  };
}

/** Configuration that outweighs whatever lies in the repository. */
function safety({ scheme }: GitAddress): string[] {
  const settings = [
    'core.hooksPath=/dev/null',
    'core.fsmonitor=false',
    'core.attributesFile=/dev/null',
    'core.autocrlf=false',
    'protocol.allow=never',
    `protocol.${scheme}.allow=always`,
    'credential.helper=',
    'http.followRedirects=false',
    'http.lowSpeedLimit=1',
    'http.lowSpeedTime=60',
    'fetch.unpackLimit=1',
    'gc.auto=0',
    'maintenance.auto=false',
    'push.gpgSign=false',
    'commit.gpgSign=false',
    'submodule.recurse=false',
  ];
  return settings.flatMap((setting) => ['-c', setting]);
}

function environment({ address, cache, ssh, https, env }: GitOptions): Record<string, string> {
  const kept = Object.entries(env).filter(([name]) => passedOn.test(name));
  return {
    ...(Object.fromEntries(kept) as Record<string, string>),
    HOME: cache,
    XDG_CONFIG_HOME: cache,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS_REQUIRE: 'never',
    GIT_SSH_COMMAND: ssh ? ['ssh', ...sshOptions(ssh)].map(quoteWord).join(' ') : 'false',
    GIT_SSH_VARIANT: 'ssh',
    GIT_INDEX_FILE: join(cache, 'no-index'),
    ...(https ? authorization(address, https) : {}),
  };
}

/** In the environment, where no other user of the computer can read it, and for this one address alone. */
function authorization(
  { url }: GitAddress,
  { user, password }: NonNullable<GitLogin['https']>,
): Record<string, string> {
  const basic = Buffer.from(`${user}:${password}`).toString('base64');
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${new URL(url).origin}/.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
  };
}
