import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Campaign } from '../../campaign/brief/brief.ts';
import { Pace } from '../../delivery/pace/pace.ts';
import type { Watch } from '../../delivery/watch.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { permitSend } from './delivery.ts';

/** What is claimed just before the hours end is still on its way for a moment: that moment must be inside as well. */
const MARGIN = Temporal.Duration.from({ seconds: 30 });

/**
 * The client's rules as they are at each moment: a change of site.yaml counts from the next chunk, and one that nobody
 * can read stops the send.
 */
export function freshGate(
  context: Context,
  client: Client,
  campaign: Campaign,
): (at?: Temporal.Instant) => void {
  const file = join(client.siteDir, 'site.yaml');
  const mark = () => {
    const { mtimeMs, size, ino } = statSync(file);
    return `${mtimeMs} ${size} ${ino}`;
  };
  let seen = mark();
  let ruled = client;
  return (at = context.clock.now()) => {
    const now = mark();
    if (now !== seen) ruled = context.workspace().client(client.name);
    seen = now;
    permitSend(context, ruled, campaign, at);
    permitSend(context, ruled, campaign, at.add(MARGIN));
  };
}

/** How fast the client's mail may go out; undefined for as fast as it can. */
export function paceOf({ config, timezone }: Client): Pace | undefined {
  const rule = config.sender?.pace;
  return rule && new Pace(rule, timezone);
}

export const watchOf = ({ config }: Client): Watch | undefined =>
  config.sender && { limits: config.sender.pauseAt };
