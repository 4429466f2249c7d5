import { createServer, type RequestListener } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseS3Url } from '../../../../src/adapters/hosts/s3/address.ts';
import { objectStore } from '../../../../src/adapters/hosts/s3/store.ts';
import { send } from '../../../../src/adapters/hosts/shared/http.ts';
import { sha256 } from '../../../../src/core/digest.ts';

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

const patience = { silence: 2000, attempts: 4, pause: 1 };

describe('a request', () => {
  it.each([429, 500, 502, 503, 504])('is made again after %i, and says that it was', async (status) => {
    let n = 0;
    const url = await serve((_, response) => response.writeHead(n++ < 2 ? status : 200).end('ok'));
    const answer = await send(async () => new Request(url), 0, patience);
    expect([answer.status, answer.body.toString(), answer.isRepeated, n]).toEqual([200, 'ok', true, 3]);
  });

  it.each([400, 403, 404, 412, 301])('is not made again after %i', async (status) => {
    let n = 0;
    const url = await serve((_, response) => {
      n += 1;
      response.writeHead(status, { location: 'http://127.0.0.1:1/elsewhere' }).end();
    });
    const answer = await send(async () => new Request(url), 0, patience);
    expect([answer.status, answer.isRepeated, n]).toEqual([status, false, 1]);
  });

  it('is given up in plain words where nobody answers, or the answer stops half way', async () => {
    const silent = await serve(() => undefined);
    const short = { ...patience, silence: 30, attempts: 2 };
    await expect(send(async () => new Request(silent), 0, short)).rejects.toMatchObject({
      kind: 'silent',
      problem: 'it does not answer in time',
    });
    const cut = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      setTimeout(() => response.destroy(), 5);
    });
    await expect(send(async () => new Request(cut), 0, patience)).rejects.toMatchObject({ kind: 'silent' });
  });
});

describe('a conditional write', () => {
  const keys = { accessKeyId: 'a', secretAccessKey: 'b' };

  /** A store that carries out the first write, drops the answer, and refuses the same write when it comes again. */
  async function forgetful(note: string): Promise<string> {
    let n = 0;
    return serve((request, response) => {
      request.resume();
      if (request.method === 'HEAD')
        return response.writeHead(200, { etag: '"e1"', 'x-amz-meta-sha256': note }).end();
      return n++ === 0 ? request.socket.destroy() : response.writeHead(412).end('<Error/>');
    });
  }
  const storeAt = (endpoint: string) =>
    objectStore({ address: parseS3Url(`s3://site?endpoint=${endpoint}`, {}), keys, patience });

  it('whose answer got lost counts as done where the bytes are ours', async () => {
    const store = await storeAt(await forgetful(sha256('mine')));
    expect(await store.put('a', Buffer.from('mine'), {}, 'new')).toBe('e1');
  });

  it('does not count as done where somebody else’s bytes are there', async () => {
    const store = await storeAt(await forgetful(sha256('theirs')));
    expect(await store.put('a', Buffer.from('mine'), {}, 'new')).toBeUndefined();
  });
});
