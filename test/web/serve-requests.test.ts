import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import type { Served } from '../../src/web/loopback.ts';
import { serveRequests } from '../../src/web/serve-requests.ts';

let served: Served | undefined;
afterEach(() => served?.close());

const echo = async (got: Request) =>
  Response.json({
    method: got.method,
    path: new URL(got.url).pathname,
    kind: got.headers.get('content-type'),
    body: await got.text(),
  });
const start = async (handler = echo) => {
  served = await serveRequests(handler, { port: 0, address: '127.0.0.1', longestBody: () => 100 });
  return served;
};

it('hands a request over whole', async () => {
  const { url } = await start();
  const posted = await fetch(`${url}a/b`, {
    method: 'POST',
    headers: { 'content-type': 'text/x' },
    body: 'héllo',
  });
  expect(await posted.json()).toEqual({ method: 'POST', path: '/a/b', kind: 'text/x', body: 'héllo' });
  expect(await (await fetch(`${url}a`)).json()).toMatchObject({ method: 'GET', body: '' });
});

it.each(['with a length', 'in chunks'])('refuses a body that is too long, sent %s', async (how) => {
  const { url } = await start();
  const status = await new Promise((resolve, reject) => {
    const headers = how === 'in chunks' ? {} : { 'content-length': 101 };
    const sending = request(url, { method: 'POST', headers }, (response) => resolve(response.statusCode));
    sending.on('error', reject);
    for (let n = 0; n < 101; n++) sending.write('x');
    sending.end();
  });
  expect(status).toBe(413);
});

it('answers 500 without a word where the handler fails, and goes on', async () => {
  let calls = 0;
  const { url } = await start(async () => {
    if (calls++ === 0) throw new Error('with anna@example.com in it');
    return Response.json({});
  });
  const failed = await fetch(url);
  expect([failed.status, await failed.text()]).toEqual([500, '']);
  expect((await fetch(url)).status).toBe(200);
});

it('refuses a request for another machine', async () => {
  const { url } = await start();
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () =>
      socket.end('GET http://other.example/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
    );
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes;
    });
    socket.on('close', () => resolve(text));
  });
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
});

it('says that the port is taken', async () => {
  const { url } = await start();
  const port = Number(new URL(url).port);
  await expect(
    serveRequests(echo, { port, address: '127.0.0.1', longestBody: () => 1 }),
  ).rejects.toMatchObject({ code: 'PORT_TAKEN' });
});
