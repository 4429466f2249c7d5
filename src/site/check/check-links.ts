import { tick, type Work, warning } from '../../core/progress.ts';
import type { ExternalLink, LinkAnswer, LinkProbe } from './external.ts';

/** Links that are asked for in one run; and how many at once, each host one at a time. */
const MOST = 1000;
const AT_ONCE = 8;

export interface AnsweredLink {
  readonly link: ExternalLink;
  readonly answer: LinkAnswer;
}

/** Asks for every link once. No host is asked for two things at the same time. */
export async function* checkLinks(
  links: readonly ExternalLink[],
  probe: LinkProbe,
  signal: AbortSignal,
): Work<AnsweredLink[]> {
  const chosen = links.slice(0, MOST);
  if (chosen.length < links.length)
    yield warning(`Only the first ${MOST} of ${links.length} links to other sites were checked.`);
  const hosts = [...Map.groupBy(chosen, ({ url }) => new URL(url).host).values()];
  const answered: AnsweredLink[] = [];
  while (hosts.length > 0) {
    const round = hosts.splice(0, AT_ONCE);
    await Promise.all(
      round.map(async (ofHost) => {
        for (const link of ofHost) {
          if (signal.aborted) return;
          answered.push({ link, answer: await probe(link.url) });
        }
      }),
    );
    signal.throwIfAborted();
    yield tick(answered.length, chosen.length);
  }
  return answered;
}
