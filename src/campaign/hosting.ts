import { type Brief, type Campaign, mainBrief } from './brief/brief.ts';
import { slugOf } from './page.ts';

/** The part of a client's settings that decides where a campaign's files lie. */
interface Hosting {
  readonly url: string;
  /** Whether sec itself builds and publishes this client's site. */
  readonly hasSite: boolean;
}

/**
 * Whether the pictures, the calendar file and the web version of a campaign lie on the client's site: from its
 * first day on, and for good, because the mails that went out link to them. Else the pictures go with the mail: what
 * is for a list alone, without a page or a banner, is not put on the web unless its brief says so.
 */
export function isHosted(campaign: Campaign, { hasSite }: Hosting): boolean {
  const { starts, page, banner, web = page || banner !== undefined } = mainBrief(campaign).fields;
  return hasSite && starts !== undefined && web;
}

/** Where a campaign's file lies on the site, from its root: `/campaigns/spring/images/a.png`. */
export const campaignAddress = ({ name }: Campaign, file: string): string => `/campaigns/${name}/${file}`;

/** The same with the client's address before it. */
export const campaignUrl = (campaign: Campaign, file: string, { url }: { readonly url: string }): string =>
  url.replace(/\/+$/, '') +
  campaignAddress(
    campaign,
    file
      .replace(/^(\.\/)+/, '')
      .split('/')
      .map(encodeURIComponent)
      .join('/'),
  );

/** The file of the mail's web version in one language, below the campaign's folder on the site. */
export const webFile = ({ language }: Brief): string => `${language}/`;

/** What an event's calendar file is called. */
export const calendarName = (campaign: Campaign, brief: Brief): string => `${slugOf(campaign, brief)}.ics`;

/** The same, below the campaign's folder on the site. */
export const calendarFile = (campaign: Campaign, brief: Brief): string =>
  webFile(brief) + calendarName(campaign, brief);
