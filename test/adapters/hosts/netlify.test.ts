import { describe, expect, it, onTestFinished } from 'vitest';
import { parseNetlifyUrl } from '../../../src/adapters/hosts/netlify/address.ts';
import { netlifyApi } from '../../../src/adapters/hosts/netlify/api.ts';
import { netlifyHost } from '../../../src/adapters/hosts/netlify.ts';
import { finish } from '../../../src/core/progress.ts';
import { contractClock, hostContract } from '../../contracts/host.ts';
import { type NetlifyEndpoint, startNetlify } from '../../support/netlify-endpoint.ts';
import { claim, publishTo, release } from '../../support/publish.ts';

function hostOn(
  endpoint: NetlifyEndpoint,
  { now, token }: { now?: string | undefined; token?: string } = {},
) {
  const target = `netlify:${endpoint.site}`;
  const address = parseNetlifyUrl(target, { NETLIFY_API_URL: endpoint.api });
  const patience = { silence: 5000, attempts: 3, pause: 5 };
  return netlifyHost({
    target,
    client: 'kaldi',
    clock: contractClock(now),
    settle: 100,
    connect: async () => netlifyApi({ address, token: token ?? endpoint.token, patience, poll: 2 }),
  });
}

async function endpointForTest(): Promise<NetlifyEndpoint> {
  const endpoint = await startNetlify();
  onTestFinished(() => endpoint.stop());
  return endpoint;
}

for (const [name, before] of [
  ['a site without a deploy', {}],
  ['a site that somebody deployed', { 'theirs.txt': 'from before' }],
] as const)
  hostContract(name, async () => {
    const endpoint = await startNetlify();
    if (Object.keys(before).length > 0) endpoint.deployByHand(before);
    return {
      open: (now) => hostOn(endpoint, { now }),
      live: async () =>
        Object.fromEntries(Object.entries(endpoint.live()).filter(([path]) => !(path in before))),
      before: Object.keys(before),
      put: async (path, text) => void endpoint.deployByHand({ [path]: text }),
      remove: async (path) => void endpoint.deployByHand({ [path]: undefined }),
      aside: async () => endpoint.madeWay(),
      dispose: () => endpoint.stop(),
    };
  });

describe('a site on Netlify', () => {
  it('uploads what was never there, and makes live exactly the deploy that it made', async () => {
    const endpoint = await endpointForTest();
    await publishTo(hostOn(endpoint), { 'index.html': '1', 'a.html': 'a', 'b.html': 'a' });
    const first = endpoint.publishedId();
    const before = endpoint.uploaded.length;
    await publishTo(hostOn(endpoint), { 'index.html': '2', 'a.html': 'a', 'b.html': 'a' });
    const brought = endpoint.uploaded.slice(before).filter((path) => !path.startsWith('.sec/'));
    expect(brought).toEqual(['index.html']);
    expect(endpoint.publishedId()).not.toBe(first);
    await publishTo(hostOn(endpoint), { 'index.html': '1', 'a.html': 'a', 'b.html': 'a' });
    expect(endpoint.live()['index.html']).toBe('1');
    expect(endpoint.uploaded.filter((path) => path === 'index.html')).toHaveLength(2);
  });

  it('reads the host once and changes nothing where nothing changed', async () => {
    const endpoint = await endpointForTest();
    await publishTo(hostOn(endpoint), { 'index.html': '1' });
    const before = endpoint.requests.length;
    await publishTo(hostOn(endpoint), { 'index.html': '1' });
    const made = endpoint.requests.slice(before);
    expect(made.every((request) => request.startsWith('GET '))).toBe(true);
    expect(made).toHaveLength(2);
  });

  it('takes a few requests for one changed page, whatever else the site has', async () => {
    const endpoint = await endpointForTest();
    const pages = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`page-${n}.html`, `page ${n}`]));
    await publishTo(hostOn(endpoint), { ...pages, 'index.html': '1' });
    const before = endpoint.requests.length;
    await publishTo(hostOn(endpoint), { ...pages, 'index.html': '2' });
    const made = endpoint.requests.slice(before).filter((request) => !/^GET \/deploys\/[^/]+$/.test(request));
    expect(made.filter((request) => !request.startsWith('GET '))).toHaveLength(6);
    expect(made).toHaveLength(19);
  });

  it('stops where another deploy became live after the plan', async () => {
    const endpoint = await endpointForTest();
    await publishTo(hostOn(endpoint), { 'index.html': '1' });
    const host = hostOn(endpoint);
    const session = await host.open(claim('late'), []);
    const publication = release({ 'index.html': '2' }).publication(host.target);
    await finish(session.stage(publication));
    const theirs = endpoint.deployByHand({ 'index.html': 'theirs' });
    await expect(finish(session.switch(publication))).rejects.toMatchObject({ code: 'LIVE_MOVED' });
    await session.close();
    expect(endpoint.publishedId()).toBe(theirs);
  });

  it('keeps automatic publishing stopped where it was stopped', async () => {
    const endpoint = await endpointForTest();
    await publishTo(hostOn(endpoint), { 'index.html': '1' });
    endpoint.lockPublished();
    await publishTo(hostOn(endpoint), { 'index.html': '2' });
    expect(endpoint.isPublishedLocked()).toBe(true);
  });

  it('waits where it is told to slow down, and gives up in plain words', async () => {
    const endpoint = await endpointForTest();
    endpoint.behave((n) => (n % 2 === 1 ? { status: 429, retryAfter: 0 } : undefined));
    await publishTo(hostOn(endpoint), { 'index.html': '1' });
    expect(endpoint.live()).toEqual({ 'index.html': '1' });
    endpoint.behave(() => 503);
    const failed = hostOn(endpoint).state();
    await expect(failed).rejects.toMatchObject({ code: 'HOST_UNREACHABLE' });
  });

  it('says that the token is refused, or the site is not there, and repeats no secret', async () => {
    const endpoint = await endpointForTest();
    const refused = await hostOn(endpoint, { token: 'canary-token' })
      .state()
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'LOGIN_REFUSED' });
    expect(String(refused) + JSON.stringify(refused)).not.toContain('canary');
    const elsewhere = hostOn({ ...endpoint, site: 'no-such-site' });
    await expect(elsewhere.state()).rejects.toMatchObject({ code: 'HOST_STATE_UNREADABLE' });
  });

  it('does not take a record that cannot be read for a first publication', async () => {
    const endpoint = await endpointForTest();
    await publishTo(hostOn(endpoint), { 'index.html': '1' });
    endpoint.behave((_, request) => (request.startsWith('GET /d/') ? 404 : undefined));
    await expect(hostOn(endpoint).state()).rejects.toMatchObject({ code: 'HOST_STATE_UNREADABLE' });
  });

  it('belongs to one client, also after somebody deployed by hand', async () => {
    const endpoint = await endpointForTest();
    await publishTo(hostOn(endpoint), { 'index.html': '1' });
    endpoint.deployByHand({ 'index.html': 'theirs' });
    const rival = release({ 'index.html': '2' }, 'rival');
    await expect(publishTo(hostOn(endpoint), rival)).rejects.toMatchObject({ code: 'HOST_OF_ANOTHER' });
    expect(endpoint.live()).toEqual({ 'index.html': 'theirs' });
  });

  it.each(['netlify:', 'netlify:a b', 'netlify:../x', 'netlify:-x'])('%s is refused', (url) =>
    expect(() => parseNetlifyUrl(url, {})).toThrow(/cannot be used/),
  );

  it('talks to no endpoint that is not encrypted', () =>
    expect(() => parseNetlifyUrl('netlify:site', { NETLIFY_API_URL: 'http://api.example.org' })).toThrow(
      'https',
    ));
});
