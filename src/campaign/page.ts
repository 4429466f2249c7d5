import type { Brief, Campaign } from './brief/brief.ts';
import { withoutMerge } from './merge/without.ts';

/** Last part of the page's address. */
export const slugOf = (campaign: Campaign, { fields }: Brief): string => fields.slug ?? campaign.name;

/** The heading: as written, or the subject without the words that are for one reader. */
export function titleOf(campaign: Campaign, { fields }: Brief): string {
  return fields.title ?? (withoutMerge(fields.subject) || humanise(campaign.name));
}

/**
 * The whole address of the campaign's page on the client's site: the main language at the root, the others in
 * a folder of their own.
 *
 * @param site the client's address and languages
 */
export function pageUrl(
  campaign: Campaign,
  brief: Brief,
  { url, locales }: { url: string; locales: readonly string[] },
): string {
  const folder = brief.language === locales[0] ? '' : `${brief.language}/`;
  return `${url.replace(/\/+$/, '')}/${folder}${slugOf(campaign, brief)}/`;
}

function humanise(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
