import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type MemoryPlace, memoryHost, memoryPlace } from '../../src/adapters/hosts/_template.ts';
import { httpSite } from '../../src/adapters/live/http.ts';
import { finish } from '../../src/core/progress.ts';
import { type Host, type LiveSite, type Published, planPublish, publish } from '../../src/publish/index.ts';
import { claim, release, type TestRelease, testClock } from '../support/publish.ts';

const target = 'memory:kaldi';
const first = { 'index.html': 'home', 'about/index.html': 'about', 'a.css': 'css' };

/** Counts what is asked of a host: looks, sessions, files brought, switches, ends, reads. */
function countingHost(place: MemoryPlace): { host: Host; operations: string[] } {
  const inner = memoryHost(target, place, testClock);
  const operations: string[] = [];
  const noted = <T>(name: string, result: T): T => {
    operations.push(name);
    return result;
  };
  const host: Host = {
    ...inner,
    state: () => noted('state', inner.state()),
    hashes: (paths) => noted('hashes', inner.hashes(paths)),
    survey: (scope) => noted('survey', inner.survey(scope)),
    async open(who, touching) {
      const session = await noted('open', inner.open(who, touching));
      return {
        ...session,
        async *stage(publication) {
          for await (const event of session.stage(publication)) yield noted('file', event);
        },
        switch: (publication) => noted('switch', session.switch(publication)),
        finish: (publication) => noted('finish', session.finish(publication)),
        close: () => noted('close', session.close()),
      };
    },
  };
  return { host, operations };
}

interface RunOptions {
  readonly site?: LiveSite;
  readonly signal?: AbortSignal;
  readonly onLive?: () => Promise<void>;
}

async function run(
  host: Host,
  built: TestRelease,
  { site, signal, onLive }: RunOptions = {},
): Promise<Published> {
  const plan = planPublish(built, await host.state(), { target });
  return finish(
    publish({
      release: built,
      content: built.content,
      host,
      plan,
      guards: {},
      claim: claim('a'),
      site,
      onLive,
      tool: 'sec test',
      clock: testClock,
      signal: signal ?? new AbortController().signal,
    }),
  );
}

/** Serves what is live, until the test ends. `twist` stands for a cache or another server in between. */
async function serve(place: MemoryPlace, twist = (text: string) => text): Promise<LiveSite> {
  const asked = new Set<string>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    asked.add(url.search);
    const path = decodeURIComponent(url.pathname)
      .slice(1)
      .replace(/(^|\/)$/, '$1index.html');
    const bytes = place.live.get(path);
    response.statusCode = bytes ? 200 : 404;
    response.end(bytes ? twist(Buffer.from(bytes).toString()) : 'Not found');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return httpSite(`http://127.0.0.1:${port}`, 'unique', new AbortController().signal);
}

describe('operations on the host', () => {
  it('are one read where nothing changed', async () => {
    const { host, operations } = countingHost(memoryPlace());
    const built = release(first);
    await run(host, built);
    operations.length = 0;
    await run(host, built);
    expect(operations).toEqual(['state']);
  });

  it('are six where one page changed', async () => {
    const { host, operations } = countingHost(memoryPlace());
    await run(host, release(first));
    operations.length = 0;
    await run(host, release({ ...first, 'about/index.html': 'about us' }));
    expect(operations).toEqual(['state', 'open', 'file', 'switch', 'hashes', 'finish']);
  });
});

describe('publishing', () => {
  it('stops where somebody published after the plan was made, and changes nothing', async () => {
    const place = memoryPlace();
    const { host } = countingHost(place);
    const [mine, theirs] = [
      release({ ...first, 'index.html': 'mine' }),
      release({ ...first, 'index.html': 'x' }),
    ];
    await run(host, release(first));
    const plan = planPublish(mine, await host.state(), { target });
    await run(host, theirs);
    const late = publish({
      release: mine,
      content: mine.content,
      host,
      plan,
      guards: {},
      claim: claim('late'),
      tool: 'sec test',
      clock: testClock,
      signal: new AbortController().signal,
    });
    await expect(finish(late)).rejects.toMatchObject({ code: 'LIVE_MOVED' });
    expect(Buffer.from(place.live.get('index.html') ?? []).toString()).toBe('x');
    expect(place.lock).toBeUndefined();
  });

  it('stops at Ctrl-C before anything is live, and gives the lock back', async () => {
    const place = memoryPlace();
    const { host } = countingHost(place);
    await expect(run(host, release(first), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CANCELLED',
      exitCode: 130,
    });
    expect(place.live.size).toBe(0);
    expect(place.lock).toBeUndefined();
  });

  it('says that it is live before anything after that can fail', async () => {
    const place = memoryPlace();
    const { host } = countingHost(place);
    const told: string[] = [];
    const broken: Host = {
      ...host,
      hashes: () => Promise.reject(new Error(`read back after ${told.join()}`)),
    };
    const onLive = async () => void told.push(`live: ${place.live.size}`);
    await expect(run(broken, release(first), { onLive })).rejects.toThrow('read back after live: 3');
    expect(place.lock).toBeUndefined();
  });

  it('names what did not read back as published, and removes nothing then', async () => {
    const place = memoryPlace();
    const { host, operations } = countingHost(place);
    const broken: Host = { ...host, hashes: async () => new Map([['index.html', 'f'.repeat(64)]]) };
    const { verification } = await run(broken, release({ 'index.html': 'home' }));
    expect(verification.mismatched).toEqual(['index.html']);
    expect(operations).not.toContain('finish');
  });

  it('stops before it replaces or removes what somebody else changed, and names it', async () => {
    const place = memoryPlace();
    const { host, operations } = countingHost(place);
    await run(host, release(first));
    place.live.set('index.html', Buffer.from('their words'));
    place.live.delete('about/index.html');
    place.live.set('new.html', Buffer.from('theirs'));
    operations.length = 0;
    const next = { ...first, 'index.html': 'home 2', 'about/index.html': 'about us', 'new.html': 'new' };
    await expect(run(host, release(next))).rejects.toMatchObject({
      code: 'DRIFT_FOUND',
      exitCode: 77,
      details: {
        drift: [
          { path: 'about/index.html', change: 'deleted' },
          { path: 'index.html', change: 'changed' },
          { path: 'new.html', change: 'added' },
        ],
      },
    });
    expect(operations).toEqual(['state', 'open', 'close']);
    expect(place.live.get('index.html')?.toString()).toBe('their words');
  });

  it('minds nothing that somebody else brought to where the release wants it', async () => {
    const place = memoryPlace();
    const { host } = countingHost(place);
    await run(host, release(first));
    place.live.set('index.html', Buffer.from('home 2'));
    place.live.delete('a.css');
    const { verification } = await run(
      host,
      release({ 'index.html': 'home 2', 'about/index.html': 'about' }),
    );
    expect(verification.mismatched).toEqual([]);
  });

  it('tells apart what it brought from what others changed', async () => {
    const place = memoryPlace();
    const { host } = countingHost(place);
    await run(host, release(first));
    place.live.set('a.css', Buffer.from('changed by hand'));
    const { verification } = await run(host, release({ ...first, 'index.html': 'home 2' }));
    expect(verification).toMatchObject({ mismatched: [], drifted: ['a.css'] });
  });
});

describe('verification', () => {
  it('goes through the site’s address where that serves the release', async () => {
    const place = memoryPlace();
    const { verification } = await run(memoryHost(target, place, testClock), release(first), {
      site: await serve(place),
    });
    expect(verification).toMatchObject({ checked: 3, overHttp: 3, readBack: 0, servedElsewhere: false });
  });

  it('reads back, and says so, where the address serves something else', async () => {
    const place = memoryPlace();
    const site = await serve(place, (text) => `${text}<!-- parked -->`);
    const { verification } = await run(memoryHost(target, place, testClock), release(first), { site });
    expect(verification).toMatchObject({ mismatched: [], overHttp: 0, readBack: 3, servedElsewhere: true });
  });

  it('reads back where a single file is served otherwise', async () => {
    const place = memoryPlace();
    const site = await serve(place, (text) => text.replace('css', 'css, minified'));
    const { verification } = await run(memoryHost(target, place, testClock), release(first), { site });
    expect(verification).toMatchObject({ mismatched: [], overHttp: 2, readBack: 1 });
  });

  it('reads back where nothing answers', async () => {
    const site = httpSite('http://127.0.0.1:9', 'unique', new AbortController().signal);
    const place = memoryPlace();
    const { verification } = await run(memoryHost(target, place, testClock), release(first), { site });
    expect(verification).toMatchObject({ mismatched: [], overHttp: 0, readBack: 3, servedElsewhere: false });
  });
});
