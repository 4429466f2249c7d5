import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { approvingOffice } from '../../support/approval.ts';
import { openDesk } from '../../support/approval-desk.ts';
import { scene } from '../../support/approval-scene.ts';

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
