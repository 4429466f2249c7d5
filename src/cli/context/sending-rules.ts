import { statSync } from 'node:fs';
import { join } from 'node:path';
import { isSecError } from '../../core/errors/index.ts';
import type { Feedback } from '../../delivery/feedback.ts';
import { Pace } from '../../delivery/pace/pace.ts';
import type { Watch } from '../../delivery/watch.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';

/**
 * The client as its site.yaml says at each moment: a change of the rules counts from the next chunk on, and one that
 * nobody can read stops the send.
 */
export function freshClient(context: Context, client: Client): () => Client {
  const file = join(client.siteDir, 'site.yaml');
  const mark = () => {
    const { mtimeMs, size, ino } = statSync(file);
    return `${mtimeMs} ${size} ${ino}`;
  };
  let seen = mark();
  let ruled = client;
  return () => {
    const now = mark();
    if (now !== seen) ruled = context.workspace().client(client.name);
    seen = now;
    return ruled;
  };
}

/** How fast the client's mail may go out; undefined for as fast as it can. */
export function paceOf({ config, timezone }: Client): Pace | undefined {
  const rule = config.sender?.pace;
  return rule && new Pace(rule, timezone);
}

/** What a send of this campaign looks out for, with what was told of its mails meanwhile. */
export function watchOf(context: Context, client: Client, campaign: string): Watch | undefined {
  const { sender } = client.config;
  if (!sender) return undefined;
  let known = { bounced: 0, complained: 0 };
  const feedback: Feedback = {
    async since(at) {
      const { withEvents } = await import('./event-log.ts');
      try {
        known = await withEvents(context, client, async (log) => ({
          bounced: await log.since(campaign, 'bounced', at),
          complained: await log.since(campaign, 'complained', at),
        }));
      } catch (error) {
        // Nobody is claimed while the database is away; it is asked again when it is back.
        if (!isSecError(error, 'LEDGER_UNREACHABLE')) throw error;
      }
      return known;
    },
  };
  return { limits: sender.pauseAt, feedback };
}
