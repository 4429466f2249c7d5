import type { SitePromotion } from '../site/promotion.ts';
import type { Brief, Campaign } from './brief/brief.ts';
import { briefMergeFields } from './brief/merge-fields.ts';
import { calendarFile, campaignAddress, isHosted } from './hosting.ts';
import { compileSlots } from './merge/slots.ts';
import { withoutMerge } from './merge/without.ts';
import { fillSlots } from './message.ts';
import { slugOf, titleOf } from './page.ts';
import { isLocal } from './picture.ts';
import type { Sender } from './template/view.ts';
import { unfinishedPlace } from './unfinished.ts';

/**
 * What a campaign puts on the client's site, from the same brief as the mail: one entry for each language that
 * shows a page or a banner there. A brief that is still to be filled in shows nothing.
 *
 * @param sender who the mails come from; without one, an event has no calendar file
 * @throws MERGE_SYNTAX
 */
export function toSitePromotions(campaign: Campaign, sender?: Sender): SitePromotion[] {
  const hasCalendar = sender !== undefined && isHosted(campaign, sender);
  return [...campaign.briefs.values()].flatMap((brief) => {
    const calendar = hasCalendar ? campaignAddress(campaign, calendarFile(campaign, brief)) : undefined;
    return toSitePromotion(campaign, brief, calendar) ?? [];
  });
}

function toSitePromotion(
  campaign: Campaign,
  brief: Brief,
  calendar: string | undefined,
): SitePromotion | undefined {
  const { fields, language } = brief;
  if (!fields.starts || !fields.ends || !(fields.page || fields.banner)) return undefined;
  if (unfinishedPlace(brief)) return undefined;
  const nobody = Object.fromEntries(briefMergeFields(brief).map(({ name }) => [name, '']));
  return {
    campaign: campaign.name,
    language,
    slug: slugOf(campaign, brief),
    title: titleOf(campaign, brief),
    description: fields.description ?? withoutMerge(fields.preheader),
    body: [
      fillSlots(compileSlots(brief.body, { language, as: 'text' }), nobody).trim(),
      changesOf(fields.changes),
    ]
      .join('\n\n')
      .trim(),
    ...(fields.banner ? { banner: fields.banner } : {}),
    page: fields.page,
    starts: Temporal.PlainDate.from(fields.starts),
    ends: Temporal.PlainDate.from(fields.ends),
    offers: fields.offers.map(({ was, url, description, ...offer }) => ({
      ...offer,
      ...(was === undefined ? {} : { was }),
      ...(url ? { url } : {}),
      ...(description ? { description } : {}),
    })),
    ...(fields.event ? { event: eventOf(fields.event, calendar) } : {}),
    ...(fields.hero && isLocal(fields.hero.src) ? { image: fields.hero } : {}),
  };
}

/** A notice's changes as a list, for a page that knows only text. */
function changesOf(changes: Brief['fields']['changes']): string {
  return changes.map(({ what, from, to }) => `- **${what}**: ${from ? `~~${from}~~ ` : ''}${to}`).join('\n');
}

function eventOf(
  { begins, ends, name, place, address, url }: NonNullable<Brief['fields']['event']>,
  calendar: string | undefined,
) {
  return {
    name,
    place,
    begins: Temporal.PlainDateTime.from(begins),
    ...(ends ? { ends: Temporal.PlainDateTime.from(ends) } : {}),
    ...(address ? { address } : {}),
    ...(url ? { url } : {}),
    ...(calendar ? { calendar } : {}),
  };
}
