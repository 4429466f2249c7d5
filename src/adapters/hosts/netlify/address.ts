import { fail } from '../../../core/errors/index.ts';

const EXAMPLE = 'netlify:3970e0fe-8564-4903-9a55-c5f8de49fb8b';
/** A site's id, or its domain, which the API takes in the same place. */
const siteName = /^[A-Za-z0-9][A-Za-z0-9.-]{2,252}$/;

export interface NetlifyAddress {
  readonly target: string;
  readonly site: string;
  /** Where the API is, without a slash at the end. */
  readonly api: string;
}

/** Reads `netlify:site-id`. NETLIFY_API_URL names another endpoint, for tests. @throws HOST_URL_INVALID */
export function parseNetlifyUrl(target: string, env: Readonly<NodeJS.ProcessEnv>): NetlifyAddress {
  const refuse = (problem: string) => fail('HOST_URL_INVALID', { target, problem, example: EXAMPLE });
  const site = target.replace(/^netlify:/i, '');
  if (!siteName.test(site))
    throw refuse('after the colon stands the id of the site, as its settings show it');
  const api = URL.parse(env.NETLIFY_API_URL || 'https://api.netlify.com/api/v1');
  if (!api || !isSafe(api)) throw refuse('NETLIFY_API_URL has to begin with https://');
  return { target, site, api: api.href.replace(/\/+$/, '') };
}

/** Encrypted, or on this computer. */
export const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+)$/.test(hostname));
