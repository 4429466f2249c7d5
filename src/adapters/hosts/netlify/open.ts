import type { Host, HostLogin, Secrets } from '../../../publish/index.ts';
import { netlifyHost } from '../netlify.ts';
import type { HostOptions } from '../options.ts';
import type { Patience } from '../shared/http.ts';
import { looking } from '../shared/trouble.ts';
import { type NetlifyAddress, parseNetlifyUrl } from './address.ts';
import { netlifyApi } from './api.ts';

/** Three deploys a minute are let through (docs.netlify.com, API rate limits): the pauses add up to more than that. */
const patience: Patience = { silence: 60_000, attempts: 9, pause: 500 };
const POLL = 1000;
const SETTLE = 2000;

/** The host of a `netlify:` address. The token comes from the environment, as Netlify's own tools take it, or from `sec login`. */
export async function openNetlify(
  url: string,
  { client, clock, env, credentials }: HostOptions,
): Promise<Host> {
  const address = parseNetlifyUrl(url, env);
  return netlifyHost({
    target: url,
    client: client.name,
    clock,
    settle: SETTLE,
    connect: async () => connect(address, env.NETLIFY_AUTH_TOKEN || tokenOf(await credentials())),
  });
}

/** How Netlify is logged in to. The test writes the site's metadata as it is. */
export async function netlifyLogin(
  url: string,
  { client, env }: Omit<HostOptions, 'credentials'>,
): Promise<HostLogin> {
  const address = parseNetlifyUrl(url, env);
  return {
    target: url,
    questions: [{ key: 'token', question: 'What is the personal access token?', isSecret: true }],
    identify: async () => undefined,
    test: (secrets) =>
      looking({ target: url, client: client.name }, async () => {
        const api = connect(address, tokenOf(secrets));
        await api.setMetadata(await api.metadata());
      }),
  };
}

const connect = (address: NetlifyAddress, token: string) =>
  netlifyApi({ address, token, patience, poll: POLL });
const tokenOf = ({ token = '' }: Secrets) => token;
