import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createLinkProbe } from '../../src/adapters/links/probe.ts';
import { findProblems } from '../../src/cli/context/campaign-check.ts';
import type { LinkFlags } from '../../src/cli/context/campaign-links.ts';
import { finish } from '../../src/core/progress.ts';
import { brief, makeContext } from './workspace.ts';

/** A server that answers a path such as /404 with that status, and tells what it was asked for. */
async function serve() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const status = Number(request.url?.slice(1)) || 200;
    response.writeHead(status, status === 302 ? { location: '/404' } : {}).end();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, asked };
}

const loopback = {
  mayAsk: (address: string) => address === '127.0.0.1',
  resolve: async () => [{ address: '127.0.0.1', family: 4 }],
};

async function linksFound(body: string, flags: LinkFlags) {
  const context = makeContext(
    brief('subject: News\npreheader: What is new\ntemplate: promo\nlist: customers', body),
  );
  const problems = await finish(findProblems(context, context.workspace().client('kaldi'), 'spring', flags));
  return problems.filter(({ rule }) => rule.startsWith('external-link'));
}

it('asks other servers once each, and says in which line a link is broken or not sure', async () => {
  const { port, asked } = await serve();
  const at = (path: string) => `http://shop.example:${port}${path}`;
  const body = [
    `[fine](${at('/200')}) and [fine again](${at('/200')}#below)`,
    `[gone](${at('/404')})`,
    `[led astray](${at('/302')})`,
    `[closed](${at('/403')}) [ill](${at('/500')})`,
  ].join('\n\n');
  const probe = createLinkProbe({ signal: new AbortController().signal, ...loopback });
  const found = await linksFound(body, { external: true, probe });
  expect(found.map(({ rule, severity, line }) => `${line} ${severity} ${rule}`).sort()).toEqual([
    '11 error external-link-broken',
    '13 warning external-link-unsure',
    '13 warning external-link-unsure',
    '9 error external-link-broken',
  ]);
  for (const { file, message, fix } of found) {
    expect(file).toBe('campaigns/kaldi/spring/campaign.md');
    expect(message).toContain('shop.example');
    expect(fix).toMatch(/\w/);
  }
  expect(asked.filter((one) => one.endsWith('/200'))).toEqual(['HEAD /200']);
});

it('asks nobody unless that is wanted, and never a server of this computer', async () => {
  const { port, asked } = await serve();
  const body = `[here](http://127.0.0.1:${port}/200) [and here](http://localhost:${port}/200)`;
  expect(await linksFound(body, {})).toEqual([]);
  expect(await linksFound(body, { external: true })).toMatchObject([
    { rule: 'external-link-broken', severity: 'error' },
    { rule: 'external-link-broken', severity: 'error' },
  ]);
  expect(asked).toEqual([]);
});
