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

/**
 * Withdraws a request whose subject was made anew since it was asked, so that nobody approves what is not there
 * any more. Whether the live site has moved, the gate asks before it goes live.
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
  { kind, campaign }: ApprovalRequest,
): Promise<Digest | undefined> {
  if (kind === 'policy') return rulesDigest(rulesOf(client));
  try {
    if (kind === 'site') {
      const { openBuild } = await import('./site.ts');
      return (await openBuild(client)).release.digest;
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
