import { readMoment } from '../../page/moment.ts';
import type { CheckedPage, PageRule } from '../checked-site.ts';
import { asWarning, type Finding } from '../finding.ts';
import { atField } from '../locate.ts';

const BEGINNINGS = ['begins', 'starts', 'startDate', 'eventDate'];
const ENDINGS = ['ends', 'endDate'];

/** Events in a page's fields whose day is over: visitors would be invited to the past. */
export const eventRules: PageRule = (page, { now }) => {
  const found: Finding[] = [];
  visit(page.source?.fields, [], (event, path) => {
    const field = [...ENDINGS, ...BEGINNINGS].find((name) => typeof event[name] === 'string');
    if (field === undefined) return;
    const written = String(event[field]);
    const moment = readMoment(written, now.timeZoneId);
    if (!moment || !isOver(moment, written, now)) return;
    found.push(pastEvent(page, [...path, field], nameOf(event), moment));
  });
  return found;
};

type Path = readonly (string | number)[];
type Mapping = Readonly<Record<string, unknown>>;

function visit(value: unknown, path: Path, see: (mapping: Mapping, path: Path) => void): void {
  if (Array.isArray(value)) for (const [n, item] of value.entries()) visit(item, [...path, n], see);
  else if (typeof value === 'object' && value !== null) {
    see(value as Mapping, path);
    for (const [name, item] of Object.entries(value)) visit(item, [...path, name], see);
  }
}

/** A day without a time lasts until its end. */
function isOver(moment: Temporal.ZonedDateTime, written: string, now: Temporal.ZonedDateTime): boolean {
  const end = /\d:\d/.test(written) ? moment : moment.add({ days: 1 });
  return Temporal.ZonedDateTime.compare(end, now) < 0;
}

function nameOf({ name, title, heading }: Mapping): string {
  const named = [name, title, heading].find((text) => typeof text === 'string');
  return named === undefined ? 'An event' : `"${named}"`;
}

const pastEvent = (page: CheckedPage, path: Path, name: string, moment: Temporal.ZonedDateTime) =>
  asWarning({
    ...atField(page, ...path),
    rule: 'past-event',
    text: name,
    message: `${name} was on ${moment.toPlainDate()}, and is still on the site.`,
    fix: 'Take the event away or write its next date. With expiryDate a page leaves the site by itself.',
  });
