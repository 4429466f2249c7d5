import { fail } from '../../../core/errors/index.ts';

/** How to get into a computer over SSH with the system's OpenSSH. */
export interface SshLogin {
  /** File of the client's own with the host keys that were confirmed, in OpenSSH's format. */
  readonly knownHosts: string;
  /** File with the private key; without one, OpenSSH's own keys and agent are used. */
  readonly keyFile?: string | undefined;
  /** Socket over which all commands share one connection; without it, each makes its own. */
  readonly control?: string | undefined;
  /** Seconds without a sign of life after which a connection counts as lost. */
  readonly patience: number;
}

/**
 * Options for `ssh` that let nothing of this computer's configuration in: only confirmed host keys, no questions,
 * no forwarding, no commands (ssh_config(5)). A host that is not known, or shows another key, gets no login at all.
 */
export function sshOptions({ knownHosts, keyFile, control, patience }: SshLogin): string[] {
  const file = (path: string) => `"${path.replaceAll('%', '%%')}"`;
  const options = [
    'BatchMode=yes',
    'StrictHostKeyChecking=yes',
    `UserKnownHostsFile=${file(knownHosts)}`,
    'GlobalKnownHostsFile=none',
    'UpdateHostKeys=no',
    'VerifyHostKeyDNS=no',
    'ForwardAgent=no',
    'ClearAllForwardings=yes',
    'PermitLocalCommand=no',
    'RequestTTY=no',
    'LogLevel=ERROR',
    `ConnectTimeout=${patience}`,
    `ServerAliveInterval=${Math.max(1, Math.floor(patience / 3))}`,
    'ServerAliveCountMax=2',
    ...(control === undefined
      ? ['ControlPath=none']
      : ['ControlMaster=auto', `ControlPath=${file(control)}`, 'ControlPersist=10']),
    ...(keyFile === undefined ? [] : [`IdentityFile=${file(keyFile)}`, 'IdentitiesOnly=yes']),
  ];
  return ['-F', 'none', ...options.flatMap((option) => ['-o', option])];
}

/** What OpenSSH complained of, as a failure; undefined where the complaint is not about getting in. */
export function sshFailure(stderr: string, { client, target }: { client: string; target: string }) {
  if (/REMOTE HOST IDENTIFICATION HAS CHANGED|Host key for .* has changed/.test(stderr))
    return fail('HOST_IDENTITY_CHANGED', { client, target });
  if (/No \S+ host key is known|Host key verification failed/.test(stderr))
    return fail('HOST_IDENTITY_UNKNOWN', { client, target });
  if (/Permission denied \(|Too many authentication failures|no such identity/i.test(stderr))
    return fail('LOGIN_REFUSED', { client, target, problem: 'it accepts none of the keys' });
  const problem = connectionWords.find(([pattern]) => pattern.test(stderr))?.[1];
  return problem === undefined ? undefined : fail('HOST_UNREACHABLE', { target, problem });
}

const connectionWords: readonly (readonly [RegExp, string])[] = [
  [/Could not resolve host(name)?/i, 'no computer of that name is known'],
  [/Connection refused/i, 'it refuses connections at that port'],
  [/timed out|not responding/i, 'it does not answer in time'],
  [/No route to host|Network is unreachable/i, 'there is no way to it through the network'],
  [
    /Connection (closed|reset)|kex_exchange_identification|Broken pipe|Connection to .* closed|unexpectedly closed|hung up unexpectedly/i,
    'the connection broke off',
  ],
];
