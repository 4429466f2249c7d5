import { campaignSubject } from '../../approval/campaign-subject.ts';
import { rulesOf } from '../../approval/index.ts';
import { type ApprovalRequest, seconds } from '../../approval/request/request.ts';
import { rulesDigest } from '../../approval/rules/rules.ts';
import { mainBrief } from '../../campaign/brief/brief.ts';
import type { Digest } from '../../core/digest.ts';
import { fail, isSecError } from '../../core/errors/index.ts';
import type { Client } from '../../workspace/index.ts';
import { openRequests } from './approval.ts';
import type { Context } from './context.ts';
import { openClientHost } from './host.ts';

/**
 * Withdraws a request whose subject was made anew since it was asked, so that nobody approves what is not there
 * any more, nor a change from a state of the site that is live no more.
 *
 * @throws REQUEST_WITHDRAWN
 */
export async function checkCurrent(
  context: Context,
  client: Client,
  request: ApprovalRequest,
): Promise<void> {
  if ((await currentSubject(context, client, request)) === request.subject) return;
  const why = 'what it was about has been changed since';
  const at = seconds(context.clock.now());
  const { outcome } = (await openRequests(client)).close(request.id, { kind: 'withdrawn', at, why });
  if (outcome.kind === 'withdrawn')
    throw fail('REQUEST_WITHDRAWN', { client: client.name, request: request.id, why });
}

/** What the same request would be about now; undefined where it cannot be made any more. */
async function currentSubject(
  context: Context,
  client: Client,
  request: ApprovalRequest,
): Promise<Digest | undefined> {
  const { kind, campaign, base } = request;
  if (kind === 'policy') return rulesDigest(rulesOf(client));
  try {
    if (kind === 'site') {
      const { openBuild } = await import('./site.ts');
      const isLiveSame = (await liveNow(context, client, request)) === base;
      return isLiveSame ? (await openBuild(client)).release.digest : undefined;
    }
    const { compileCampaign, openCampaign } = await import('./campaign.ts');
    const opened = await openCampaign(context, client, campaign ?? '');
    const messages = await compileCampaign(context, client, opened);
    const { starts, ends } = mainBrief(opened).fields;
    return campaignSubject(client, { campaign: opened.name, messages, days: { starts, ends } });
  } catch (error) {
    if (isSecError(error)) return undefined;
    throw error;
  }
}

/** What is live at the request's target; where that cannot be asked now, what it was: the gate asks again. */
async function liveNow(
  context: Context,
  client: Client,
  { target, base }: ApprovalRequest,
): Promise<Digest | null> {
  try {
    const host = await openClientHost(context, client);
    if (host.target !== target) return base;
    const state = await host.state();
    return state.kind === 'present' ? state.manifest.release : null;
  } catch (error) {
    if (isSecError(error)) return base;
    throw error;
  }
}
