import ical, { ICalCalendarMethod, type ICalEventData, ICalEventStatus } from 'ical-generator';
import { sha256 } from '../core/digest.ts';
import type { Brief, Campaign } from './brief/brief.ts';
import { calendarName } from './hosting.ts';
import { withoutMerge } from './merge/without.ts';
import type { Attachment } from './message.ts';
import { pageUrl, titleOf } from './page.ts';
import type { Sender } from './template/view.ts';

/** The media type of the calendar part: its method must be that of the calendar in it (RFC 6047 §2.4). */
const CALENDAR_TYPE = 'text/calendar; charset=utf-8; method=PUBLISH';

/**
 * The event of a brief as a calendar file (RFC 5545), the same bytes for the mail and for the site; undefined
 * where the brief has no event. PUBLISH, not REQUEST: it tells of an event and asks nobody for an answer, so it
 * has an organizer and no attendees (RFC 5546 §3.2.1). Times are in UTC, which no calendar can misread. The UID
 * holds through every change and language; `revision` makes a later file replace an earlier one.
 */
export function eventCalendar(campaign: Campaign, brief: Brief, sender: Sender): Attachment | undefined {
  const { event } = brief.fields;
  if (!event) return undefined;
  const moment = (text: string) =>
    Temporal.PlainDateTime.from(text).toZonedDateTime(sender.timezone).toInstant();
  const begins = moment(event.begins);
  const ends = event.ends === undefined ? undefined : moment(event.ends);
  const address = event.url ?? (brief.fields.page ? pageUrl(campaign, brief, sender) : undefined);
  const text = brief.fields.description ?? withoutMerge(brief.fields.preheader);
  const data: ICalEventData = {
    id: eventUid(campaign, sender),
    stamp: moment(brief.fields.starts ?? event.begins).add({ hours: event.revision }),
    sequence: event.revision,
    start: begins,
    ...(ends ? { end: ends } : {}),
    summary: event.name,
    location: [event.place, event.address].filter(Boolean).join(', '),
    description: [text || titleOf(campaign, brief), address].filter(Boolean).join('\n\n'),
    status: ICalEventStatus.CONFIRMED,
    organizer: { name: sender.sender.name, email: sender.sender.replyTo ?? sender.sender.email },
    ...(address === undefined ? {} : { url: address }),
  };
  const calendar = ical({
    prodId: { company: 'sec', product: 'sec', language: brief.language.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    events: [data],
  });
  return {
    filename: calendarName(campaign, brief),
    contentType: CALENDAR_TYPE,
    content: new TextEncoder().encode(`${calendar.toString().trimEnd()}\r\n`),
  };
}

/** The same for every language and every change of the event, and for no other event of anybody (RFC 7986 §5.3). */
function eventUid({ client, name }: Campaign, { url }: Sender): string {
  return `${sha256(`event\n${client}\n${name}`).slice(0, 32)}@${new URL(url).hostname}`;
}
