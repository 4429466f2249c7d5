import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { approvingOffice, type Office, page } from '../../support/approval.ts';
import { type Desk, type Link, openDesk, Visitor } from '../../support/approval-desk.ts';
import { filesIn } from '../../support/kaldi.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

interface Scene {
  readonly office: Office;
  readonly desk: Desk;
  readonly link: Link;
  readonly visitor: Visitor;
}

async function scene(policy?: string): Promise<Scene> {
  const office = approvingOffice(policy === undefined ? {} : { policy });
  const desk = await openDesk(office);
  const link = await desk.ask('site');
  const visitor = new Visitor(desk, link);
  return { office, desk, link, visitor };
}

/** Names of the statements that exist. */
const statements = ({ cwd }: Office) =>
  Object.keys(filesIn(cwd, 'sites/kaldi/approvals')).filter((name) => /^[0-9a-f]{64}\.json$/.test(name));

const outcomes = ({ cwd }: Office) =>
  Object.keys(filesIn(cwd, '.sec/clients/kaldi/approvals')).filter((name) => name.endsWith('outcome.json'));

const isUndecided = (office: Office) => {
  expect(statements(office)).toEqual([]);
  expect(outcomes(office)).toEqual([]);
};

describe('a decision', () => {
  it('needs a POST: a thousand GETs of scanners decide nothing', { timeout: 180_000 }, async () => {
    const { office, link, visitor } = await scene();
    await visitor.open();
    const paths = [
      '',
      '/decide',
      '/open',
      '?wish=approve&name=Anna+Berg',
      `/decide?wish=approve&token=${visitor.token}&name=Anna+Berg`,
    ];
    for (let n = 0; n < 1000; n += 50)
      await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          visitor.get(`/r/${link.id}${paths[(n + i) % paths.length]}`).then((r) => r.text()),
        ),
      );
    isUndecided(office);
    expect((await visitor.approve()).status).toBe(303);
    expect(statements(office)).toHaveLength(1);
  });

  it.each<[string, Record<string, string>]>([
    ['of another site', { origin: 'https://evil.example' }],
    ['that hides where it comes from', { origin: 'null' }],
    ['of another site that hides it', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['of a sister site', { 'sec-fetch-site': 'same-site' }],
    ['of the same name on another port', { origin: 'http://localhost:1' }],
  ])('is not taken from a page %s (CSRF)', async (_what, headers) => {
    const { office, visitor } = await scene();
    await visitor.open();
    expect((await visitor.approve({}, headers)).status).toBe(403);
    isUndecided(office);
  });

  it('is not taken without the cookie, with another’s, or without the form’s token', async () => {
    const { office, desk, visitor } = await scene();
    await visitor.open();
    const { cookie, token } = visitor;
    expect((await visitor.approve({}, { cookie: '' })).status).toBe(403);
    expect((await visitor.approve({}, { cookie: `${cookie.slice(0, -1)}x` })).status).toBe(403);
    expect((await visitor.approve({ token: '' })).status).toBe(403);
    expect((await visitor.approve({ token: `${token.slice(0, -1)}-` })).status).toBe(403);
    isUndecided(office);
    const spring = await desk.ask('spring', '--csv', `${office.cwd}/customers.csv`, '--basis', 'customer');
    const other = new Visitor(desk, spring);
    await other.open();
    expect((await visitor.approve({}, { cookie: other.cookie })).status).toBe(403);
    expect((await visitor.approve({ token: other.token })).status).toBe(403);
    isUndecided(office);
  });

  it('is not taken without the link’s secret, and nothing is shown', async () => {
    const { office, visitor, link } = await scene();
    for (const secret of ['', 'x'.repeat(43), link.secret.slice(1), link.id])
      expect((await visitor.open(secret)).status).toBe(403);
    expect(visitor.cookie).toBe('');
    const shown = await (await visitor.get()).text();
    expect(shown).not.toContain('Kaldi');
    const unknown = await (await visitor.get('/r/ffffffffffffffff')).text();
    expect(unknown).toBe(shown.replaceAll(link.id, 'ffffffffffffffff'));
    isUndecided(office);
  });

  it('is not taken from somebody else than it was sent to', async () => {
    const { office, visitor } = await scene();
    await visitor.open();
    const refused = await visitor.approve({ name: 'Mallory' });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('aria-invalid="true"');
    isUndecided(office);
    expect((await visitor.approve({ name: 'anna berg' })).status).toBe(303);
  });

  it('is made once by fifty at the same time, and the others get the same receipt or are refused', async () => {
    const { office, visitor } = await scene();
    await visitor.open();
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        n % 5 === 4
          ? visitor.post('decide', {
              token: visitor.token,
              wish: 'changes',
              name: 'Anna Berg',
              comment: 'Wait',
            })
          : visitor.approve(),
      ),
    );
    expect(statements(office)).toHaveLength(1);
    expect(outcomes(office)).toHaveLength(1);
    expect(
      all
        .map(({ status }, n) => [n % 5 === 4, status])
        .filter(([, status]) => status !== 303 && status !== 409),
    ).toEqual([]);
    expect(all.filter(({ status }, n) => n % 5 !== 4 && status === 303)).toHaveLength(40);
    const log = (await office.run('audit', 'show', '--json')).json<{ entries: { action: string }[] }>()
      .entries;
    expect(log.filter(({ action }) => action === 'approval.approved')).toHaveLength(1);
    const receipts = await Promise.all([1, 2, 3].map(async () => (await visitor.get()).text()));
    expect(new Set(receipts).size).toBe(1);
    expect(receipts[0]).toContain(statements(office)[0]?.slice(0, 64));
    const changed = await visitor.post('decide', {
      token: visitor.token,
      wish: 'changes',
      name: 'Anna Berg',
      comment: 'No',
    });
    expect(changed.status).toBe(409);
  });

  it('is made once by two desks on one workspace', async () => {
    const { office, visitor, link } = await scene();
    const second = new Visitor(await openDesk(office), link);
    await Promise.all([visitor.open(), second.open()]);
    const wishes = Array.from({ length: 10 }, (_, n) => (n % 2 ? visitor : second).approve());
    for (const { status } of await Promise.all(wishes)) expect([303]).toContain(status);
    expect(statements(office)).toHaveLength(1);
  });

  it('does not count for what was built anew, or from where live was', async () => {
    const { office, desk, visitor } = await scene();
    await visitor.open();
    page(office.cwd, 'prices', 'Prices', 'Sidamo 1.90 €');
    await office.run('site', 'build', 'kaldi');
    expect((await visitor.approve()).status).toBe(409);
    expect(statements(office)).toEqual([]);
    const next = new Visitor(desk, await desk.ask('site'));
    await next.open();
    expect((await next.approve()).status).toBe(303);
    expect((await office.run('site', 'publish', 'kaldi', '--yes', '--json')).json()).toMatchObject({
      applied: true,
      approval: { tier: 'T1' },
    });
  });

  it('keeps notes at pages until they are sent, and does not approve over them', async () => {
    const { office, visitor } = await scene();
    await visitor.open();
    const { token } = visitor;
    const note = (page: string, text: string, more: object = {}) =>
      visitor.post('note', { token, page, note: text, ...more });
    expect((await note('/prices/', 'x', { token: 'no' })).status).toBe(403);
    expect((await note('/elsewhere/', 'not a page of this')).status).toBe(303);
    expect((await note('/', 'A warmer word')).headers.get('location')).toMatch(/^\/r\/[0-9a-f]{16}#page-\d$/);
    expect((await note('/prices/', 'Larger\u001b[2J\u202e\r\n2 lines')).status).toBe(303);
    expect(await (await visitor.get()).text()).toContain('A warmer word');
    expect((await visitor.approve()).status).toBe(422);
    await note('/', ' ');
    const sent = { token, wish: 'changes', name: 'Anna Berg', comment: 'And the phone', page: '/elsewhere/' };
    expect((await visitor.post('decide', sent)).status).toBe(303);
    const { requests } = (await office.run('approval', 'list', 'kaldi', '--json')).json<{
      requests: { request: string }[];
    }>();
    const shown = await office.run('approval', 'show', 'kaldi', requests[0]?.request ?? '', '--json');
    expect(shown.json()).toMatchObject({
      comments: [
        { page: '/prices/', text: 'Larger[2J\n2 lines' },
        { page: null, text: 'And the phone' },
      ],
    });
    const said = await office.run('approval', 'show', 'kaldi', requests[0]?.request ?? '');
    expect(said.stdout).toMatch(/\/prices\/\s+Larger/);
  });

  it('is not lost where the key that signs is not on the desk’s computer; asking for changes needs none', async () => {
    const { office, link } = await scene();
    const warned: string[] = [];
    const warn = (text: string) => warned.push(text);
    const visitor = new Visitor(await openDesk({ ...office, keys: temporaryFolder() }, { warn }), link);
    expect(warned.join()).toContain('not on this computer');
    await visitor.open();
    const refused = await visitor.approve();
    expect(refused.status).toBe(503);
    expect(await refused.text()).toMatch(/cannot sign at the moment[\s\S]*value="Anna Berg"/u);
    isUndecided(office);
    const fields = { token: visitor.token, wish: 'changes', name: 'Anna Berg', comment: 'Larger prices' };
    expect((await visitor.post('decide', fields)).status).toBe(303);
    expect(outcomes(office)).toHaveLength(1);
  });

  it('brings back a comment with its page, and closes the request', async () => {
    const { office, visitor } = await scene();
    await visitor.open();
    const fields = { token: visitor.token, wish: 'changes', name: 'Anna Berg' };
    expect((await visitor.post('decide', { ...fields, comment: '  ' })).status).toBe(422);
    const comment = 'Larger <b>prices</b>';
    expect((await visitor.post('decide', { ...fields, comment, page: '/prices/' })).status).toBe(303);
    expect(await (await visitor.get()).text()).toContain('Larger &#60;b&#62;prices');
    const { requests } = (await office.run('approval', 'list', 'kaldi', '--json')).json<{
      requests: { request: string }[];
    }>();
    const shown = await office.run('approval', 'show', 'kaldi', requests[0]?.request ?? '', '--json');
    expect(shown.json()).toMatchObject({
      standing: 'changes',
      comments: [{ page: '/prices/', text: comment }],
    });
    expect((await visitor.approve()).status).toBe(409);
    expect(statements(office)).toEqual([]);
  });
});

describe('a PIN', () => {
  const policy = '{approval: {site: required, tier: T2}}';

  it('is asked for beside the link, and makes it T2', async () => {
    const { office, visitor, link } = await scene(policy);
    await visitor.open();
    expect(link.pin).toMatch(/^\d{6}$/);
    expect((await visitor.approve()).status).toBe(422);
    expect((await visitor.approve({ pin: ` ${link.pin?.slice(0, 3)} ${link.pin?.slice(3)}` })).status).toBe(
      303,
    );
    const ran = await office.run('site', 'publish', 'kaldi', '--yes', '--json');
    expect(ran.json()).toMatchObject({ approval: { tier: 'T2' } });
  });

  it('cannot be tried out: the fifth wrong one closes the request', async () => {
    const { office, visitor, link } = await scene(policy);
    await visitor.open();
    const wrong = link.pin === '000000' ? '111111' : '000000';
    const tries = await Promise.all(Array.from({ length: 12 }, () => visitor.approve({ pin: wrong })));
    expect(tries.filter(({ status }) => status === 303)).toEqual([]);
    expect((await visitor.approve({ pin: link.pin ?? '' })).status).toBe(409);
    expect(statements(office)).toEqual([]);
  });
});

describe('the desk', () => {
  it('is framed by nobody, kept nowhere, and told to nobody', async () => {
    const { visitor, link } = await scene();
    await visitor.open();
    const opened = await visitor.post('open', { secret: link.url });
    expect(opened.headers.get('set-cookie')).toMatch(
      /^__Host-desk-[0-9a-f]{16}=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=\d+$/,
    );
    for (const path of [`/r/${link.id}`, '/desk.css', '/desk.js', '/passkey.js', '/nowhere', '/r/0']) {
      const { headers } = await visitor.get(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('shows previews in a sandbox, of what was asked alone', async () => {
    const { visitor } = await scene();
    await visitor.open();
    const text = await (await visitor.get()).text();
    const base = /\/p\/[\w-]{43}/.exec(text)?.[0] ?? '';
    const home = await visitor.get(`${base}/new/index.html`, { cookie: '' });
    expect(home.status).toBe(200);
    expect(home.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
    const strange = [
      'new/../../../sec.yaml',
      'new/%2e%2e/%2e%2e/sec.yaml',
      'new//etc/passwd',
      'live/index.html',
      'request.json',
      '..%2frequest.json',
      'new/robots.txt',
      'new/%00',
      'new/%zz',
    ];
    for (const path of strange) expect((await visitor.get(`${base}/${path}`)).status).toBe(404);
    expect((await visitor.get(`/p/${'x'.repeat(43)}/new/index.html`)).status).toBe(404);
  });

  it('answers only under its own name (DNS rebinding), and only to what it knows', async () => {
    const { desk, link } = await scene();
    const { port } = new URL(desk.origin);
    expect(
      await raw(
        Number(port),
        `GET /r/${link.id} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
      ),
    ).toMatch(/^HTTP\/1.1 421/);
    expect(
      await raw(Number(port), `PUT / HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`),
    ).toMatch(/^HTTP\/1.1 405/);
  });

  it('cuts off what is too large or too slow', async () => {
    const office = approvingOffice();
    const desk = await openDesk(office, { limits: { headers: 300, request: 600 } });
    const port = Number(new URL(desk.origin).port);
    const head = `POST /r/0123456789abcdef/open HTTP/1.1\r\nHost: localhost:${port}\r\nOrigin: ${desk.origin}\r\n`;
    expect(await raw(port, `${head}Content-Length: 9000000\r\n\r\n`)).toMatch(/^HTTP\/1.1 413/);
    const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n11170\r\n${'x'.repeat(70_000)}\r\n`;
    expect(await raw(port, chunked)).toMatch(/^HTTP\/1.1 413/);
    expect(
      await raw(port, `GET / HTTP/1.1\r\nHost: localhost:${port}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`),
    ).toMatch(/^HTTP\/1.1 431/);
    expect(await raw(port, 'GET / HTTP/1.1\r\nHost: local')).toMatch(/^HTTP\/1.1 408/);
    expect(await raw(port, `${head}Content-Length: 20\r\n\r\nsecret=`)).toMatch(/^HTTP\/1.1 408/);
    expect((await fetch(`${desk.origin}/desk.css`)).status).toBe(200);
  });
});

/** What a server says to raw bytes before it closes the connection. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((done) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.setEncoding('utf8').on('data', (more: string) => {
      said += more;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => done(said));
  });
}
