import { audienceFacts } from '../../approval/audience-members.ts';
import { campaignSubject } from '../../approval/campaign-subject.ts';
import { type ApprovalBook, policySentences, rulesOf } from '../../approval/index.ts';
import type { ApprovalRequest } from '../../approval/request/request.ts';
import { type Rules, rulesDigest } from '../../approval/rules/rules.ts';
import { mainBrief } from '../../campaign/brief/brief.ts';
import { digestOf } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import { step, type Work } from '../../core/progress.ts';
import { headersDigest, isSettled, optionsOf, planPublish } from '../../publish/index.ts';
import { liveChanges } from '../../site/edit/live-changes.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { openClientHost } from './host.ts';
import { receiptOf } from './publish-receipt.ts';
import { openReleases } from './releases.ts';
import type { AudienceWords } from './sending.ts';
import { buildSite } from './site.ts';

/** What an approver is asked about, before it is known who is asked. */
export interface AskedFor
  extends Pick<
    ApprovalRequest,
    'kind' | 'campaign' | 'subject' | 'base' | 'target' | 'headers' | 'shown' | 'audience' | 'summary'
  > {
  /** What the approver is shown, by name: kept while the request is open. */
  readonly files: ReadonlyMap<string, string>;
  readonly members?: string;
}

export interface SubjectWords extends AudienceWords {
  readonly host?: string | undefined;
  readonly transport?: string | undefined;
}

/** The site as it would be. @throws APPROVAL_NOTHING_NEW, and what building and planning throw */
export async function* siteSubject(
  context: Context,
  client: Client,
  { host: name }: SubjectWords,
): Work<AskedFor> {
  const build = yield* buildSite(context, client);
  const host = await openClientHost(context, client, name);
  yield step('Comparing with the live site');
  const guards = { ...optionsOf(host), maxDeletes: Number.POSITIVE_INFINITY };
  const plan = planPublish(build.release, await host.state(), guards);
  if (isSettled(plan)) throw fail('APPROVAL_NOTHING_NEW', { client: client.name, subject: 'The website' });
  await (await openReleases(client)).keep(build.release, build.content);
  const { added, changed, removed, otherFiles } = liveChanges(
    receiptOf(plan, false, undefined).changes,
    build.outline,
  );
  const summary = { kind: 'site' as const, added, changed, removed, otherFiles };
  return {
    kind: 'site',
    campaign: null,
    subject: build.release.digest,
    base: plan.parent ?? null,
    target: host.target,
    headers: headersDigest(build.release, host),
    shown: digestOf(summary),
    audience: null,
    summary,
    files: new Map(),
  };
}

/** A campaign with the people it would go to. @throws what compiling and choosing the audience throw, AUDIENCE_EMPTY */
export async function* campaignSubjectOf(
  context: Context,
  client: Client,
  name: string,
  words: SubjectWords,
): Work<AskedFor> {
  const [
    { planSend },
    { transportName },
    { readMembers },
    { chooseAudience, openMailing },
    { sampleRenders },
    { frozenAudience },
  ] = await Promise.all([
    import('./delivery.ts'),
    import('./transport-name.ts'),
    import('./send-gate.ts'),
    import('./sending.ts'),
    import('./approval-samples.ts'),
    import('./frozen-audience.ts'),
  ]);
  const { campaign, messages } = await openMailing(context, client, name);
  const chosen = await chooseAudience(context, client, campaign, words);
  const frozen = await frozenAudience(context, client, { campaign: campaign.name, messages, chosen });
  const audience = frozen?.audience ?? chosen;
  if (!audience) throw new TypeError('A campaign that was not begun has its people from a list.');
  const members = frozen?.members ?? (await readMembers(context, client, audience));
  yield* planSend(context, client, { messages, audience });
  yield step('Making three samples');
  const { samples, files } = await sampleRenders(context, client, { messages, audience });
  const { starts = null, ends = null } = mainBrief(campaign).fields;
  const people = audienceFacts(audience.list, members);
  const [message] = messages.values();
  const { days, hours } = client.config.policy.sending;
  return {
    kind: 'campaign',
    campaign: campaign.name,
    subject: campaignSubject(client, {
      campaign: campaign.name,
      messages,
      days: { starts: starts ?? undefined, ends: ends ?? undefined },
    }),
    base: null,
    target: transportName(client, words.transport),
    shown: digestOf(samples),
    audience: people,
    summary: {
      kind: 'campaign',
      subjects: subjectsOf(samples),
      from: `${message?.from.name} <${message?.from.email}>`,
      people: people.count,
      list: people.list,
      starts,
      ends,
      days,
      hours,
      timezone: client.timezone,
    },
    files,
    members,
  };
}

/** The rules of site.yaml in place of those in force. @throws APPROVAL_NOTHING_NEW */
export async function policySubject(
  context: Context,
  client: Client,
  { rules }: ApprovalBook,
): Promise<AskedFor> {
  const wanted = rulesOf(client);
  if (rulesDigest(wanted) === rulesDigest(rules))
    throw fail('APPROVAL_NOTHING_NEW', { client: client.name, subject: 'The rules in site.yaml' });
  const sentences = ({ policy, approvers }: Rules) => policySentences(policy, approvers);
  const summary = { kind: 'policy' as const, before: sentences(rules), after: sentences(wanted) };
  return {
    kind: 'policy',
    campaign: null,
    subject: rulesDigest(wanted),
    base: rulesDigest(rules),
    target: context.workspace().relative(`${client.siteDir}/site.yaml`),
    shown: digestOf(summary),
    audience: null,
    summary,
    files: new Map(),
  };
}

/** One subject line for each language that a sample has: the first recipient's. */
function subjectsOf(samples: readonly { readonly language: string; readonly subject: string }[]) {
  const first = new Map<string, { language: string; subject: string }>();
  for (const { language, subject } of samples)
    if (!first.has(language)) first.set(language, { language, subject });
  return [...first.values()];
}
