import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { attempt, type Point } from './doctor-finding.ts';

/** A site that answers slower than this does not answer. */
const TIME_LIMIT_MS = 5000;

/** The client's hosts, whether what is on them can be read, and whether the site answers at its address. */
export async function siteFindings(context: Context, client: Client): Promise<Point[]> {
  const { host, hosts, url, approvers, policy } = client.config;
  const named: [name: string | undefined, url: string][] = Object.entries(hosts);
  if (host) named.unshift([undefined, host]);
  const points: Point[] = [];
  if (named.length === 0)
    points.push({
      check: 'host',
      state: 'warning',
      text: 'There is no host: the website lives nowhere.',
      fix: `Add host: to sites/${client.name}/site.yaml.`,
    });
  const { openClientHost } = await import('./host.ts');
  for (const [name] of named)
    points.push(
      await attempt('host', `The host${name === undefined ? '' : ` ${name}`} can be read.`, async () =>
        (await openClientHost(context, client, name)).state(),
      ),
    );
  points.push(addressPoint(url), await answerPoint(context, url));
  const needsApproval = Object.values(policy.approval).includes('required');
  if (needsApproval && approvers.length === 0)
    points.push({
      check: 'approvers',
      state: 'problem',
      text: 'The rules ask for an approval, and nobody is named who may give it.',
      fix: `Add approvers: to sites/${client.name}/site.yaml.`,
    });
  return points;
}

const addressPoint = (url: string): Point =>
  url.startsWith('https:')
    ? { check: 'https', state: 'well', text: `${url} is an encrypted address.` }
    : {
        check: 'https',
        state: 'warning',
        text: `${url} is not encrypted: browsers call the website "not secure".`,
        fix: 'Ask the host for a certificate (most give one for nothing), then write https:// in url.',
      };

/** Whether anybody answers; a site that is not public yet does not, so that this is no problem by itself. */
async function answerPoint({ signal }: Context, url: string): Promise<Point> {
  const silent = (why: string): Point => ({
    check: 'answers',
    state: 'warning',
    text: `${url} does not answer (${why}).`,
    fix: 'Where the website is to be public already, ask its host.',
  });
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)]);
    const response = await fetch(url, { method: 'HEAD', redirect: 'follow', signal: limit });
    if (response.ok) return { check: 'answers', state: 'well', text: `${url} answers.` };
    return silent(`it says ${response.status}`);
  } catch {
    return silent('nobody is there');
  }
}
