import { isSecError, type SecError } from '../../core/errors/index.ts';
import { finish, step, tick, type Work } from '../../core/progress.ts';
import {
  type CampaignFacts,
  type ClientFacts,
  type DeskItem,
  makeBoard,
  type SiteFacts,
} from '../../desk/index.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { type AskedOf, askedAt } from './desk-asked.ts';

/** What `sec today --json` prints. */
export interface Today {
  /** By the office's own calendar, ISO 8601. */
  readonly date: string;
  readonly clients: number;
  readonly items: readonly DeskItem[];
}

/**
 * Looks at every client, and at one when it is named. What is wrong at one of them is a line of the board and
 * keeps nobody else off it. Nothing is sent, published or asked of a host.
 */
export async function* today(context: Context, only: string | undefined): Work<Today> {
  const workspace = context.workspace();
  const names = only === undefined ? workspace.clientNames() : [workspace.client(only).name];
  const facts: ClientFacts[] = [];
  yield step(`Looking at ${names.length === 1 ? '1 client' : `${names.length} clients`}`);
  for (const [n, name] of names.entries()) {
    yield tick(n + 1, names.length, name);
    facts.push(await clientFacts(context, name));
  }
  const now = context.clock.now();
  const date = now.toZonedDateTimeISO(workspace.config.timezone).toPlainDate().toString();
  return { date, clients: names.length, items: makeBoard(facts, now) };
}

async function clientFacts(context: Context, name: string): Promise<ClientFacts> {
  const opened = await orProblem(async () => context.workspace().client(name));
  if ('problem' in opened) return { client: name, problem: opened.problem, campaigns: [] };
  const client = opened.value;
  const asked = await orProblem(() => askedAt(context, client));
  const askedOf = 'value' in asked ? asked.value : { site: [], policy: [], campaign: () => [] };
  const site = await orProblem(() => siteFacts(context, client, askedOf));
  const campaigns = await orProblem(() => allCampaigns(context, client, askedOf));
  const problem = [asked, site, campaigns].flatMap((part) => ('problem' in part ? [part.problem] : []))[0];
  return {
    client: name,
    problem,
    site: 'value' in site ? site.value : undefined,
    campaigns: 'value' in campaigns ? campaigns.value : [],
    rules: { timezone: client.timezone, asked: askedOf.policy },
  };
}

async function siteFacts(context: Context, client: Client, { site }: AskedOf): Promise<SiteFacts> {
  const { openReleases } = await import('./releases.ts');
  const store = await openReleases(client);
  const last = (await store.history()).findLast(({ target }) => target === client.config.host);
  const published = last && { at: Temporal.Instant.from(last.at), release: last.release };
  return {
    client: client.name,
    timezone: client.timezone,
    update: client.config.update,
    published,
    needsApproval: client.config.policy.approval.site === 'required',
    // What was published since is another version, or the one that was asked about.
    asked: site.filter((one) => !published || Temporal.Instant.compare(one.asked, published.at) > 0),
    isStopped: (await store.intended()) !== undefined,
    build: await buildNow(context, client),
  };
}

/** The site as it would be now. A foreign generator is somebody else's program: looking at the board runs none. */
async function buildNow(context: Context, client: Client): Promise<SiteFacts['build']> {
  if (client.config.build !== 'builtin') return undefined;
  const { buildSite } = await import('./site.ts');
  const built = await orProblem(() => finish(buildSite(context, client, { keep: false })));
  if ('problem' in built) return built;
  const { release, nextChange } = built.value;
  return {
    release: release.digest,
    nextChange: nextChange
      ? Temporal.Instant.from(nextChange).toZonedDateTimeISO(client.timezone)
      : undefined,
  };
}

async function allCampaigns(context: Context, client: Client, asked: AskedOf): Promise<CampaignFacts[]> {
  const { campaignNames } = await import('./campaign.ts');
  const facts: CampaignFacts[] = [];
  for (const campaign of await campaignNames(context, client)) {
    const read = await orProblem(() => campaignFacts(context, client, campaign, asked));
    facts.push('value' in read ? read.value : { client: client.name, campaign, problem: read.problem });
  }
  return facts;
}

async function campaignFacts(
  context: Context,
  client: Client,
  name: string,
  asked: AskedOf,
): Promise<CampaignFacts> {
  const [{ openCampaign }, { mainBrief }, { unfinishedIn }, { sendStatus }, { toGo }] = await Promise.all([
    import('./campaign.ts'),
    import('../../campaign/brief/brief.ts'),
    import('../../campaign/unfinished.ts'),
    import('./ledger.ts'),
    import('../../delivery/tally.ts'),
  ]);
  const campaign = await openCampaign(context, client, name);
  const { starts, ends } = mainBrief(campaign).fields;
  const receipt = await sendStatus(context, client, name);
  return {
    client: client.name,
    campaign: name,
    timezone: client.timezone,
    starts,
    ends,
    isUnfinished: unfinishedIn(campaign) !== undefined,
    state: receipt.state,
    toGo: toGo(receipt),
    inDoubt: receipt.inDoubt,
    needsApproval: client.config.policy.approval.campaign === 'required',
    asked: asked.campaign(name),
  };
}

/** What a person can mend becomes a line; a bug of sec stays a bug. */
async function orProblem<T>(work: () => Promise<T>): Promise<{ value: T } | { problem: string }> {
  try {
    return { value: await work() };
  } catch (error) {
    if (isSecError(error)) return { problem: firstSentence(error) };
    throw error;
  }
}

/** The board has room for what happened; the command that it names says the rest. */
const firstSentence = ({ message }: SecError) => message.split(/(?<=[.!?])\s/)[0] ?? message;
