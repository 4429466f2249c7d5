import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { promoWorkspace } from '../support/promo-workspace.ts';
import { sec } from '../support/sec.ts';
import { startEndpoint } from '../support/sendgrid-endpoint.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Failure {
  readonly error: { code: string; message: string; hint: string };
}

const user = 'office@kaldi.example';
const password = 'canary & söhne';

/** A mail server that lets in one user, and tells who tried. */
async function mailServer() {
  const tried: unknown[] = [];
  let taken = 0;
  const server = new SMTPServer({
    onAuth(auth, _session, done) {
      tried.push(auth.password);
      if (auth.username === user && auth.password === password) done(null, { user });
      else done(new Error('Invalid login'));
    },
    onData(stream, _session, done) {
      stream.resume().on('end', () => {
        taken += 1;
        done(null);
      });
    },
  });
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await new Promise<void>((done) => listening.once('listening', () => done()));
  onTestFinished(() => new Promise((done) => server.close(() => done())));
  const address = listening.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { port, tried, taken: () => taken };
}

function office(transport: string) {
  const { dir: cwd } = promoWorkspace({ people: 3 });
  const file = join(cwd, 'sites/kaldi/site.yaml');
  const use = (address: string) =>
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(
        /sender: \{(transport: "[^"]*", )?/,
        `sender: {transport: "${address}", `,
      ),
    );
  use(transport);
  const env = { SEC_VAULT_DIR: temporaryFolder(), SEC_VAULT_PASSPHRASE: 'a few words of ours' };
  const shown: string[] = [];
  const run = async (words: string[], input = '', more: NodeJS.ProcessEnv = {}) => {
    const ran = await sec([...words, '--json'], { cwd, env: { ...env, ...more }, input });
    shown.push(ran.stdout, ran.stderr);
    return ran;
  };
  return { run, use, shown };
}

const send = ['promo', 'send', 'kaldi', 'spring', '--csv', 'customers.csv', '--basis', 'customer', '--yes'];

describe('sec login <client> sender', { timeout: 240_000 }, () => {
  it('stores the mail account after trying it, sends with it, and with it to no other server', async () => {
    const [server, other] = [await mailServer(), await mailServer()];
    const address = (port: number) => `smtp://office%40kaldi.example@127.0.0.1:${port}`;
    const { run, use, shown } = office(address(server.port));

    const without = (await run(send)).json<Failure>().error;
    expect(without.code).toBe('TRANSPORT_INVALID');
    expect(without.hint).toContain('sec login <client> sender');

    const wrong = await run(['login', 'kaldi', 'sender'], JSON.stringify({ user, password: 'wrong' }));
    expect(wrong.json<Failure>().error.code).toBe('LOGIN_WRONG');
    const stored = await run(['login', 'kaldi', 'sender'], JSON.stringify({ user, password }));
    expect(stored.json()).toMatchObject({
      what: 'sender',
      host: `smtp://127.0.0.1:${server.port}`,
      identity: null,
      stored: ['password', 'server', 'user'],
      applied: true,
    });
    expect(server.taken()).toBe(0);

    use(address(other.port));
    expect((await run(send)).json<Failure>().error.code).toBe('TRANSPORT_INVALID');
    expect(other.tried).toEqual([]);

    use(address(server.port));
    const sent = await run(send);
    expect(sent.code, sent.stdout).toBe(0);
    expect(server.taken()).toBe(3);
    expect(shown.join('')).not.toContain('canary');
    expect((await run(['login', 'kaldi', 'sender', '--forget'])).json()).toMatchObject({ forgotten: true });
  });

  it("goes before the environment's key, which may be another client's", async () => {
    const endpoint = await startEndpoint();
    onTestFinished(() => endpoint.stop());
    const { run } = office('sendgrid:');
    const env = { SENDGRID_BASE_URL: endpoint.url };
    const login = await run(['login', 'kaldi', 'sender'], '{"apiKey": "SG.test-secret"}', env);
    expect(login.json(), login.stdout).toMatchObject({ host: 'sendgrid:', stored: ['apiKey', 'server'] });
    const sent = await run(send, '', { ...env, SENDGRID_API_KEY: 'SG.of-somebody-else' });
    expect(sent.code, sent.stdout).toBe(0);
    expect(endpoint.taken.size).toBe(3);
    const wrong = await run(['login', 'kaldi', 'sender'], '{"apiKey": "SG.of-somebody-else"}', env);
    expect(wrong.json<Failure>().error.code).toBe('LOGIN_WRONG');
  });

  it('is not needed for a folder, nor for a mail server of this computer without a user', async () => {
    for (const transport of ['outbox:outbox/spring', 'smtp://127.0.0.1:2525']) {
      const refused = (await office(transport).run(['login', 'kaldi', 'sender'], '{}')).json<Failure>().error;
      expect(refused.code).toBe('LOGIN_NOT_NEEDED');
      expect(refused.hint).toContain('promo test');
    }
  });
});
