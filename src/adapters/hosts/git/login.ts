import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail } from '../../../core/errors/index.ts';
import type { HostLogin, LoginQuestion } from '../../../publish/index.ts';
import type { HostOptions } from '../options.ts';
import { scanHostKey } from '../shared/known-hosts.ts';
import { parseGitUrl } from './address.ts';
import { commitText } from './commits.ts';
import { loginFrom } from './open.ts';
import { gitProgram } from './program.ts';
import { remoteOf } from './remote.ts';

const questions: Readonly<Record<'ssh' | 'https', readonly LoginQuestion[]>> = {
  ssh: [
    {
      key: 'keyFile',
      question: 'Which file holds the private key? (leave it empty for the ones that ssh uses by itself)',
      isSecret: false,
      isOptional: true,
    },
  ],
  https: [
    { key: 'user', question: 'What is the user name there?', isSecret: false, initial: 'git' },
    { key: 'password', question: 'What is the access token?', isSecret: true },
  ],
};

/** How a repository is logged in to. The test moves a ref of its own there and back, which nobody is served. */
export async function gitLogin(
  url: string,
  { client, clock, env }: Omit<HostOptions, 'credentials'>,
): Promise<HostLogin> {
  const address = parseGitUrl(url);
  const { scheme, target } = address;
  return {
    target,
    questions: scheme === 'file' ? [] : questions[scheme],
    async identify() {
      if (scheme !== 'ssh') return undefined;
      const { hostname, port } = new URL(address.url);
      return scanHostKey({ host: hostname, port: Number(port || 22) }, target);
    },
    async test(secrets) {
      const dir = mkdtempSync(join(tmpdir(), 'sec-login-'));
      try {
        const git = gitProgram({ address, cache: dir, env, ...loginFrom(address, secrets, dir) });
        await git.local(['init', '--quiet', '--bare', '--template=', dir]);
        const remote = remoteOf(git, address, client.name);
        await remote.look();
        const to = await commitText(git, 'A test of sec login\n', { name: 'sec', at: clock.now() });
        const ref = `refs/sec/login/${randomUUID()}`;
        const { ok, problem } = await remote.push([{ ref, from: undefined, to }]);
        if (!ok) throw fail('LOGIN_REFUSED', { client: client.name, target, problem });
        await remote.push([{ ref, from: to, to: undefined }]);
      } finally {
        rmSync(dir, { recursive: true, force: true });
      }
    },
  };
}
