import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseS3Url } from '../../../src/adapters/hosts/s3/address.ts';
import { type ObjectStore, objectStore } from '../../../src/adapters/hosts/s3/store.ts';
import { s3Host } from '../../../src/adapters/hosts/s3.ts';
import { finish } from '../../../src/core/progress.ts';
import { contractClock, type HostUnderTest, hostContract } from '../../contracts/host.ts';
import { claim, publishTo, release } from '../../support/publish.ts';
import { type Bucket, type S3Server, startS3, versitygw } from '../../support/versitygw.ts';

const program = versitygw();
let server: S3Server;
let buckets = 0;

interface Place extends HostUnderTest {
  readonly bucket: Bucket;
}

type Asked = (request: string) => void;

/** Tells of every request; a listing counts once. */
const counting = (store: ObjectStore, asked: Asked): ObjectStore => {
  const told =
    <Args extends unknown[], Result>(name: string, ask: (...args: Args) => Result) =>
    (...args: Args): Result => {
      asked(`${name} ${args[0] ?? ''}`);
      return ask(...args);
    };
  return {
    get: told('get', store.get),
    head: told('head', store.head),
    put: told('put', store.put),
    copy: told('copy', store.copy),
    remove: told('remove', store.remove),
    list: told('list', store.list),
  };
};

/** A fresh bucket, with something of somebody else's beside the site. */
async function place(prefix = 'kaldi/', asked: Asked = () => undefined): Promise<Place> {
  buckets += 1;
  const bucket = await server.bucket(`bucket-${buckets}`);
  if (prefix !== '') await bucket.put('other/site.txt', 'a neighbour');
  const url = `s3://${bucket.name}/${prefix}?endpoint=${server.endpoint}&region=us-east-1`;
  const patience = { silence: 10_000, attempts: 3, pause: 10 };
  const address = parseS3Url(url, {});
  const below = async (start: string) => {
    const texts = Object.entries(await bucket.texts()).filter(([key]) => key.startsWith(start));
    return Object.fromEntries(texts.map(([key, text]) => [key.slice(start.length), text]));
  };
  return {
    bucket,
    open: (now) =>
      s3Host({
        address,
        client: 'kaldi',
        clock: contractClock(now),
        connect: async () =>
          counting(await objectStore({ address, keys: server.keys, patience, pageSize: 2 }), asked),
      }),
    async live() {
      const texts = Object.entries(await below(prefix));
      return Object.fromEntries(texts.filter(([path]) => !path.startsWith('.sec/')));
    },
    before: [],
    manner: 'file by file',
    put: (path, text) => bucket.put(prefix + path, text),
    remove: (path) => bucket.remove(prefix + path),
    aside: async () => Object.values(await below(`${prefix}.sec/kept/`)),
    dispose: async () => undefined,
  };
}

describe.skipIf(program === undefined)('an object store', () => {
  beforeAll(async () => {
    if (program) server = await startS3(program);
  });
  afterAll(() => server?.stop());

  hostContract('a folder of a bucket', () => place());
  hostContract('a whole bucket', () => place(''));

  it('takes a few requests for one changed page, whatever else the site has', async () => {
    const made: string[] = [];
    const { open } = await place('kaldi/', (request) => made.push(request));
    const pages = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`page-${n}.html`, `${n}`]));
    await publishTo(open(), { ...pages, 'index.html': '1' });
    made.length = 0;
    await publishTo(open(), { ...pages, 'index.html': '2' });
    expect(made.filter((request) => request.startsWith('put '))).toEqual([
      'put .sec/lock.json',
      'put .sec/state.json',
      'put index.html',
      'put .sec/state.json',
    ]);
    expect(made).toHaveLength(13);
  });

  it('leaves what lies beside the site alone', async () => {
    const { open, bucket } = await place();
    await publishTo(open(), { 'index.html': 'home', 'a.html': 'a' });
    await publishTo(open(), { 'index.html': 'home' });
    expect((await bucket.texts())['other/site.txt']).toBe('a neighbour');
  });

  it('tells browsers what a file is and how long it may be kept, and mends that where it changed', async () => {
    const { open, bucket } = await place('');
    const files = { 'index.html': 'home', 'assets/site.0f1e2d3c4b.css': 'css' };
    await publishTo(open(), files);
    const css = await bucket.headers('assets/site.0f1e2d3c4b.css');
    expect([css.get('content-type'), css.get('cache-control')]).toEqual([
      'text/css; charset=utf-8',
      'public, max-age=31536000, immutable',
    ]);
    const plain = {
      ...open(),
      headers: () => ({ 'content-type': 'text/html', 'cache-control': 'no-cache' }),
    };
    const { plan } = await publishTo(plain, files);
    expect(plan.uploads).toHaveLength(2);
    expect((await bucket.headers('index.html')).get('cache-control')).toBe('no-cache');
  });

  it('keeps a hashed file for a day after the last page that asked for it', async () => {
    const { open, live } = await place();
    const old = { 'index.html': '1', 'site.0f1e2d3c4b.css': 'old' };
    const next = { 'index.html': '2', 'site.ffffffff00.css': 'new' };
    await publishTo(open(), old);
    await publishTo(open(), next);
    expect(await live()).toEqual({ ...old, ...next });
    expect((await open().survey()).has('site.0f1e2d3c4b.css')).toBe(false);
    expect((await open().survey()).has('site.0f1e2d3c4b.css')).toBe(false);
    await publishTo(open('2026-03-03T11:00:00Z'), { ...next, 'index.html': '3' });
    expect(await live()).toEqual({ ...next, 'index.html': '3' });
  });

  it('brings only what changed, and nothing twice after a stop', async () => {
    const { open, bucket } = await place();
    const files = { 'index.html': '1', 'a.html': 'a', 'site.0f1e2d3c4b.css': 'css' };
    const host = open();
    const session = await host.open(claim('a'), Object.keys(files));
    const publication = { ...release(files).publication(host.target) };
    await finish(session.stage(publication));
    await session.close();
    const at = 'kaldi/site.0f1e2d3c4b.css';
    const before = (await bucket.headers(at)).get('last-modified');
    await publishTo(open(), files);
    expect((await bucket.headers(at)).get('last-modified')).toBe(before);
    expect(await open().state()).not.toHaveProperty('interrupted');
  });

  it('replaces nothing that somebody writes at the same moment without keeping it', async () => {
    const { open, put, live, aside } = await place();
    const files = { 'index.html': '1', 'a.html': 'a' };
    const host = open();
    const session = await host.open(claim('a'), Object.keys(files));
    const publication = release(files).publication(host.target);
    await finish(session.stage(publication));
    await put('a.html', 'theirs');
    const { movedAside } = await finish(session.switch(publication));
    await finish(session.finish(publication));
    expect(movedAside.map(({ path }) => path)).toEqual(['a.html']);
    expect(await live()).toEqual(files);
    expect(await aside()).toEqual(['theirs']);
  });

  it('does not take a store that refuses, or a bucket that is not there, for a first publication', async () => {
    const { open, bucket } = await place();
    await publishTo(open(), { 'index.html': '1' });
    const hostOf = (name: string, keys: S3Server['keys']) => {
      const address = parseS3Url(`s3://${name}/kaldi?endpoint=${server.endpoint}`, {});
      const patience = { silence: 5000, attempts: 2, pause: 1 };
      return s3Host({
        address,
        client: 'kaldi',
        clock: contractClock(),
        connect: () => objectStore({ address, keys, patience }),
      });
    };
    const wrong = { ...server.keys, secretAccessKey: 'canary-secret' };
    const refused = await hostOf(bucket.name, wrong)
      .state()
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'LOGIN_REFUSED' });
    expect(String(refused) + JSON.stringify(refused)).not.toContain('canary');
    await expect(hostOf('no-such-bucket', server.keys).state()).rejects.toMatchObject({
      code: 'HOST_STATE_UNREADABLE',
    });
    await bucket.put('kaldi/.sec/state.json', '{"v":1,"mani');
    await expect(open().state()).rejects.toMatchObject({ code: 'HOST_STATE_UNREADABLE' });
    await expect(publishTo(open(), { 'index.html': '2' })).rejects.toMatchObject({
      code: 'HOST_STATE_UNREADABLE',
    });
  });

  it('belongs to one client', async () => {
    const { open } = await place();
    await publishTo(open(), { 'index.html': '1' });
    await expect(publishTo(open(), release({ 'index.html': '2' }, 'rival'))).rejects.toMatchObject({
      code: 'HOST_OF_ANOTHER',
    });
  });
});
