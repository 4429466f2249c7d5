import { activePromotions } from '../../site/collect/promotions.ts';
import type { Client } from '../../workspace/index.ts';
import type { BuildFlags } from './build-flags.ts';
import { sitePromotions } from './campaign.ts';
import type { Context } from './context.ts';

/** What sec does for the sites that it makes itself, and cannot do for one that another program makes. */
export async function foreignWarnings(
  context: Context,
  client: Client,
  { clock = context.clock, drafts, future }: BuildFlags,
): Promise<string[]> {
  const active = activePromotions(await sitePromotions(context, client), clock.now(), client.timezone);
  const campaigns = new Set(active.filter(({ page, banner }) => page || banner).map((one) => one.campaign));
  const words = Object.entries({ drafts, future }).filter(([, wanted]) => wanted);
  return [
    ...[...campaigns].map(
      (name) =>
        `The campaign "${name}" has a page or a banner for the site; put them there yourself, as another program makes this site`,
    ),
    ...words.map(
      ([word]) => `--${word} has no effect: what is shown is for the program that makes this site to say`,
    ),
  ];
}
