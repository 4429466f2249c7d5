import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host, HostLogin, Secrets } from '../../../publish/index.ts';
import type { HostOptions } from '../options.ts';
import { rsyncHost } from '../rsync.ts';
import { controlSocket } from '../shared/control-socket.ts';
import { knownHostsFile, scanHostKey } from '../shared/known-hosts.ts';
import { quoteWord as q } from '../shared/shell-words.ts';
import type { SshLogin } from '../shared/ssh.ts';
import { looking } from '../shared/trouble.ts';
import { layoutOf, parseRsyncUrl, type RsyncAddress } from './address.ts';
import { remoteShell } from './shell.ts';

/** Seconds without a sign of life after which a connection counts as lost. */
const PATIENCE = 30;

/** The host of an `rsync://` address. @throws HOST_URL_INVALID */
export async function openRsync(
  url: string,
  { client, clock, env, credentials }: HostOptions,
): Promise<Host> {
  const address = parseRsyncUrl(url);
  const { name, stateDir } = client;
  const login = async () => loginFrom(address, await credentials(), stateDir);
  return rsyncHost({ address, client: name, stateDir, clock, env, login });
}

/** How such a host is logged in to. The test writes a small file beside the web root, reads it and removes it. */
export async function rsyncLogin(
  url: string,
  { client, env }: Omit<HostOptions, 'credentials'>,
): Promise<HostLogin> {
  const address = parseRsyncUrl(url);
  const { target } = address;
  return {
    target,
    questions: [
      {
        key: 'keyFile',
        question: 'Which file holds the private key? (leave it empty for the ones that ssh uses by itself)',
        isSecret: false,
        isOptional: true,
      },
    ],
    identify: () => scanHostKey(address, target),
    test: (secrets) =>
      looking({ target, client: client.name }, async () => {
        const dir = mkdtempSync(join(tmpdir(), 'sec-login-'));
        try {
          const login = loginFrom(address, secrets, dir);
          const shell = remoteShell({ address, client: client.name, login, env });
          const file = q(`${layoutOf(address).above}/.sec-login-${randomUUID()}`);
          await shell.run(
            `printf 'A test of sec login' > ${file}\ncat ${file}\nrm -f ${file}\nrsync --version\nsha256sum --version`,
          );
        } finally {
          rmSync(dir, { recursive: true, force: true });
        }
      }),
  };
}

function loginFrom(address: RsyncAddress, secrets: Secrets, stateDir: string): SshLogin {
  const knownHosts = knownHostsFile(stateDir, address, secrets.hostKey);
  return {
    knownHosts,
    keyFile: secrets.keyFile || undefined,
    control: controlSocket(),
    patience: PATIENCE,
  };
}
