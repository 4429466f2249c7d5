import type { Campaign } from '../../campaign/brief/brief.ts';
import { isOwn, ownLinks, type PlacedLink, placedLinks } from '../../campaign/check/links.ts';
import { campaignUrl } from '../../campaign/hosting.ts';
import type { Message } from '../../campaign/message.ts';
import { pageUrl } from '../../campaign/page.ts';
import type { Problem } from '../../core/problem.ts';
import { step, type Work } from '../../core/progress.ts';
import type { LinkProbe } from '../../site/check/external.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';

export interface LinkFlags {
  /** Also asks other people's servers whether the links to them work. */
  readonly external?: boolean | undefined;
  /** What asks them, in place of the real thing. */
  readonly probe?: LinkProbe;
}

/**
 * Where the links of a campaign's mails lead: those into the client's own site are held against what was last
 * published, and those to elsewhere are asked, if that is wanted.
 */
export async function* linkProblems(
  context: Context,
  client: Client,
  campaign: Campaign,
  messages: ReadonlyMap<string, Message>,
  { external = false, probe }: LinkFlags,
): Work<Problem[]> {
  const links = [...messages].flatMap(([language, message]) => {
    const brief = campaign.briefs.get(language);
    return brief ? placedLinks(brief, message) : [];
  });
  const { url, locales } = client.config;
  const pages = [...campaign.briefs.values()].map((brief) => pageUrl(campaign, brief, { url, locales }));
  const files = campaignUrl(campaign, '', { url });
  const own = ownLinks(links, {
    client: client.name,
    url,
    published: await lastPublished(client),
    isMade: (link) => link.startsWith(files) || pages.includes(link),
  });
  const elsewhere = links.filter((link) => !isOwn(url, link.url));
  return external ? [...own, ...(yield* askedLinks(context, elsewhere, probe))] : own;
}

/** The paths of the client's last published release, as this computer knows it. */
async function lastPublished(client: Client): Promise<ReadonlySet<string> | undefined> {
  const { openReleases } = await import('./releases.ts');
  const store = await openReleases(client);
  const last = (await store.history()).at(-1);
  if (!last) return undefined;
  try {
    return new Set((await store.find(last.release)).release.files.keys());
  } catch {
    return undefined;
  }
}

async function* askedLinks(
  { signal }: Context,
  links: readonly PlacedLink[],
  given: LinkProbe | undefined,
): Work<Problem[]> {
  const [{ createLinkProbe }, { checkLinks }, { judgeLink }] = await Promise.all([
    import('../../adapters/links/probe.ts'),
    import('../../site/check/check-links.ts'),
    import('../../site/check/external.ts'),
  ]);
  const byUrl = Map.groupBy(links, ({ url }) => url.replace(/#.*$/, ''));
  const wanted = [...byUrl].map(([url, placed]) => ({ url, places: placed.map(({ place }) => place) }));
  yield step(`Asking other servers about ${wanted.length} ${wanted.length === 1 ? 'link' : 'links'}`);
  const answers = yield* checkLinks(wanted, given ?? createLinkProbe({ signal }), signal);
  return answers.flatMap(({ link, answer }) =>
    judgeLink(link, answer).map(({ text: _, ...problem }): Problem => problem),
  );
}
