import { statSync } from 'node:fs';
import { join } from 'node:path';
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
export function watchOf({ name, config, stateDir }: Client, campaign: string): Watch | undefined {
  if (!config.sender) return undefined;
  const feedback: Feedback = {
    async since(at) {
      const { openEvents } = await import('../../adapters/events/sqlite-log.ts');
      const log = openEvents(stateDir, name);
      try {
        return {
          bounced: log.since(campaign, 'bounced', at),
          complained: log.since(campaign, 'complained', at),
        };
      } finally {
        log.close();
      }
    },
  };
  return { limits: config.sender.pauseAt, feedback };
}
