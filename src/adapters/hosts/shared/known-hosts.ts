import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { sha256 } from '../../../core/digest.ts';
import { fail } from '../../../core/errors/index.ts';
import type { HostIdentity } from '../../../publish/index.ts';
import { writeFileAtomic } from '../../files/atomic.ts';

/** Where an SSH server listens. */
export interface SshPlace {
  readonly host: string;
  readonly port: number;
}

/**
 * Writes the known_hosts file for one server, with the one key that was confirmed for this client; without one it
 * is empty, and OpenSSH talks to nobody.
 *
 * @param hostKey `ssh-ed25519 AAAA…`
 * @returns its absolute path
 */
export function knownHostsFile(stateDir: string, place: SshPlace, hostKey: string | undefined): string {
  const name = nameInFile(place);
  const folder = join(stateDir, 'ssh');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${sha256(name).slice(0, 16)}.known_hosts`);
  writeFileAtomic(file, hostKey === undefined ? '' : `${name} ${hostKey.trim()}\n`, 0o600);
  return file;
}

/**
 * The key that a server shows, for a person to compare. Nothing is confided to it.
 *
 * @throws HOST_PROGRAM_MISSING, HOST_UNREACHABLE
 */
export async function scanHostKey({ host, port }: SshPlace, target: string): Promise<HostIdentity> {
  const plain = host.replace(/^\[|\]$/g, '');
  const words = ['-T', '10', '-t', 'ed25519,ecdsa,rsa', '-p', String(port), '--', plain];
  const run = await execa('ssh-keyscan', words, { reject: false, stdin: 'ignore' });
  if (run.code === 'ENOENT')
    throw fail('HOST_PROGRAM_MISSING', { target, program: 'OpenSSH', where: 'this computer' });
  const keys = run.stdout.split('\n').flatMap((line) => {
    const [, kind, key] = /^[^#\s]\S* (\S+) ([A-Za-z0-9+/=]+)/.exec(line) ?? [];
    return kind && key ? [{ kind, key }] : [];
  });
  const best = ['ssh-ed25519', 'ecdsa-', 'ssh-rsa'].flatMap((kind) =>
    keys.filter((key) => key.kind.startsWith(kind)),
  )[0];
  if (!best) throw fail('HOST_UNREACHABLE', { target, problem: 'no SSH server shows its key there' });
  const fingerprint = createHash('sha256').update(Buffer.from(best.key, 'base64')).digest('base64');
  return {
    what: 'SSH host key',
    fingerprint: `SHA256:${fingerprint.replace(/=+$/, '')}`,
    pin: { hostKey: `${best.kind} ${best.key}` },
  };
}

/** As known_hosts names a server: with the port only where it is not the usual one (sshd(8)). */
function nameInFile({ host, port }: SshPlace): string {
  const plain = host.replace(/^\[|\]$/g, '');
  return port === 22 ? plain : `[${plain}]:${port}`;
}
