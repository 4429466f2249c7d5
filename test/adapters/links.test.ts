import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createLinkProbe, type LinkProbeOptions } from '../../src/adapters/links/probe.ts';
import { isPublicAddress } from '../../src/adapters/links/public-address.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
});

/** A server on this computer, which tells what it was asked for. */
async function serve(answer: RequestListener): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { port: (server.address() as AddressInfo).port, asked };
}

const signal = new AbortController().signal;
const toLoopback = async () => [{ address: '127.0.0.1', family: 4 }];
const probe = (options: Partial<LinkProbeOptions> = {}) =>
  createLinkProbe({ signal, mayAsk: (address) => address === '127.0.0.1', resolve: toLoopback, ...options });

describe('asking for a link', () => {
  it.each([200, 204, 403, 404, 410, 429, 500, 999])('tells the answer %i', async (status) => {
    const { port } = await serve((_, response) => void response.writeHead(status).end());
    expect(await probe()(`http://shop.example:${port}/`)).toEqual({ kind: 'answered', status });
  });

  it('asks with GET where a server has no HEAD', async () => {
    const { port, asked } = await serve(
      (request, response) => void response.writeHead(request.method === 'HEAD' ? 405 : 200).end(),
    );
    expect(await probe()(`http://shop.example:${port}/a`)).toEqual({ kind: 'answered', status: 200 });
    expect(asked).toEqual(['HEAD /a', 'GET /a']);
  });

  it('follows where it is sent, and not for ever', async () => {
    const { port } = await serve(
      (request, response) =>
        void response
          .writeHead(request.url === '/end' ? 200 : 302, {
            location: request.url === '/a' ? '/end' : '/round',
          })
          .end(),
    );
    expect(await probe()(`http://shop.example:${port}/a`)).toEqual({ kind: 'answered', status: 200 });
    expect(await probe()(`http://shop.example:${port}/round`)).toEqual({ kind: 'failed', why: 'redirects' });
  });

  it('does not read what it did not ask for', async () => {
    const { port } = await serve((_, response) => {
      response.writeHead(200);
      const endless = setInterval(() => response.write('x'.repeat(65_536)), 1);
      response.on('close', () => clearInterval(endless));
    });
    expect(await probe()(`http://shop.example:${port}/`)).toEqual({ kind: 'answered', status: 200 });
  });

  it('waits only so long for a server that says nothing', async () => {
    const { port } = await serve(() => {});
    expect(await probe({ timeoutMs: 50 })(`http://shop.example:${port}/`)).toEqual({
      kind: 'failed',
      why: 'silent',
    });
  });

  it('tells a name that does not exist, and a port where nobody is', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
    expect(await probe({ resolve })('http://nobody.example/')).toEqual({
      kind: 'failed',
      why: 'unknown-host',
    });
    const { port } = await serve(() => {});
    servers.pop()?.close();
    expect(await probe()(`http://shop.example:${port}/`)).toEqual({ kind: 'failed', why: 'no-connection' });
  });
});

describe('what is not asked', () => {
  const refusing = (options: Partial<LinkProbeOptions> = {}) => createLinkProbe({ signal, ...options });

  it.each([
    'http://127.0.0.1:PORT/',
    'http://localhost:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://127.1:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://0.0.0.0:PORT/',
    'http://user:password@127.0.0.1:PORT/',
  ])('%s', async (address) => {
    const { port, asked } = await serve((_, response) => void response.end());
    expect(await refusing()(address.replace('PORT', String(port)))).toEqual({ kind: 'private' });
    expect(asked).toEqual([]);
  });

  it('a name that leads here, whatever else it leads to', async () => {
    const { port, asked } = await serve((_, response) => void response.end());
    const resolve = async () => [
      { address: '93.184.215.14', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    expect(await refusing({ resolve })(`http://shop.example:${port}/`)).toEqual({ kind: 'private' });
    expect(asked).toEqual([]);
  });

  it('a place that a public server sends to', async () => {
    const inner = await serve((_, response) => void response.end());
    for (const host of ['inner.example', '127.0.0.2', '169.254.169.254', '[::1]']) {
      const outer = await serve(
        (_, response) =>
          void response.writeHead(302, { location: `http://${host}:${inner.port}/secret` }).end(),
      );
      const resolve = async (name: string) =>
        name === 'inner.example' ? [{ address: '10.0.0.1', family: 4 }] : toLoopback();
      expect(await probe({ resolve })(`http://outer.example:${outer.port}/`)).toEqual({ kind: 'private' });
    }
    expect(inner.asked).toEqual([]);
  });

  it('a name that changes its mind: what was looked up for the connection is what was checked', async () => {
    const { port, asked } = await serve(
      (_, response) => void response.writeHead(302, { location: '/again' }).end(),
    );
    let looked = 0;
    const resolve = async () => [{ address: looked++ === 0 ? '127.0.0.1' : '10.0.0.1', family: 4 }];
    expect(await probe({ resolve })(`http://shop.example:${port}/`)).toEqual({ kind: 'private' });
    expect(asked).toEqual(['HEAD /']);
    expect(looked).toBe(2);
  });
});

describe('public addresses', () => {
  it.each([
    ['93.184.215.14', true],
    ['172.32.0.1', true],
    ['2606:2800:21f:cb07::1', true],
    ['10.1.2.3', false],
    ['172.31.255.255', false],
    ['192.168.1.1', false],
    ['169.254.169.254', false],
    ['100.100.100.200', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['::', false],
    ['::1', false],
    ['::ffff:10.0.0.1', false],
    ['fc00::1', false],
    ['fd00:ec2::254', false],
    ['fe80::1', false],
    ['64:ff9b::7f00:1', false],
    ['2002:7f00:1::', false],
    ['ff02::1', false],
  ])('%s: %s', (address, isPublic) => expect(isPublicAddress(address)).toBe(isPublic));
});
