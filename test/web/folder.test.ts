import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { folderHandler } from '../../src/web/folder.ts';
import { serveLoopback } from '../../src/web/loopback.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function serve() {
  const dir = temporaryFolder();
  writeFileSync(join(dir, 'secret.txt'), 'secret');
  const root = join(dir, 'site');
  mkdirSync(join(root, 'about'), { recursive: true });
  writeFileSync(join(root, 'index.html'), 'home');
  writeFileSync(join(root, 'about/index.html'), 'about');
  writeFileSync(join(root, '404.html'), 'lost');
  symlinkSync(join(dir, 'secret.txt'), join(root, 'link.txt'));
  const server = await serveLoopback(folderHandler(root));
  onTestFinished(() => server.close());
  return { url: server.url.replace(/\/$/, ''), port: Number(new URL(server.url).port) };
}

/** A request whose path and host no client library has tidied up. */
function raw(
  port: number,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  return new Promise((done, failed) => {
    request({ host: '127.0.0.1', port, path, headers }, (response) => {
      let body = '';
      response.on('data', (part) => {
        body += part;
      });
      response.on('end', () => done({ status: response.statusCode ?? 0, body }));
    })
      .on('error', failed)
      .end();
  });
}

describe('folderHandler', () => {
  it('serves pages by clean addresses', async () => {
    const { url } = await serve();
    const home = await fetch(url);
    expect([home.status, home.headers.get('content-type'), await home.text()]).toEqual([
      200,
      'text/html; charset=utf-8',
      'home',
    ]);
    const about = await fetch(`${url}/about`);
    expect([about.redirected, await about.text()]).toEqual([true, 'about']);
    const lost = await fetch(`${url}/nowhere/`);
    expect([lost.status, await lost.text()]).toEqual([404, 'lost']);
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/link.txt',
    '/..%5csecret.txt',
    '/%00',
    '/%',
  ])('serves nothing from outside: %s', async (path) => {
    const { port } = await serve();
    const { status, body } = await raw(port, path);
    expect(status).toBe(404);
    expect(body).not.toContain('secret');
  });

  it('answers no other name than its own', async () => {
    const { port } = await serve();
    expect((await raw(port, '/', { host: 'evil.example' })).status).toBe(421);
  });
});
