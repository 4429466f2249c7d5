import { statSync } from 'node:fs';
import { join } from 'node:path';
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

export const watchOf = ({ config }: Client): Watch | undefined =>
  config.sender && { limits: config.sender.pauseAt };
