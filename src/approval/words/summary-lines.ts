import type { Summary } from '../request/summary.ts';
import type { Words } from './words.ts';

/** A heading, where there is one, and the lines below it. */
export interface SummaryPart {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** What changes, in the approver's words. */
export function summaryParts(summary: Summary, words: Words): SummaryPart[] {
  const parts = summary.kind === 'site' ? siteParts(summary, words) : otherParts(summary, words);
  return parts.filter(({ lines }) => lines.length > 0);
}

type Of<K extends Summary['kind']> = Extract<Summary, { kind: K }>;

function siteParts({ added, changed, removed, otherFiles }: Of<'site'>, { site }: Words): SummaryPart[] {
  const named = (pages: Of<'site'>['added']) => pages.map(({ title, url }) => `${title} (${url})`);
  const pages = added.length + changed.length + removed.length;
  return [
    { heading: site.added, lines: named(added) },
    { heading: site.changed, lines: named(changed) },
    { heading: site.removed, lines: removed },
    {
      heading: '',
      lines: [...(pages === 0 ? [site.nothing] : []), ...(otherFiles > 0 ? [site.others(otherFiles)] : [])],
    },
  ];
}

function otherParts(summary: Of<'campaign'> | Of<'policy'>, words: Words): SummaryPart[] {
  if (summary.kind === 'policy')
    return [
      { heading: words.policy.after, lines: summary.after },
      { heading: words.policy.before, lines: summary.before },
    ];
  const { campaign } = words;
  return [
    { heading: campaign.subject, lines: summary.subjects.map(({ subject }) => subject) },
    { heading: campaign.from, lines: [summary.from] },
    { heading: campaign.people, lines: [campaign.peopleCount(summary.people, summary.list)] },
    { heading: campaign.when, lines: whenLines(summary, words) },
  ];
}

function whenLines({ starts, ends, days, hours, timezone }: Of<'campaign'>, words: Words): string[] {
  const isAlways = days.length === 7 && hours.startsWith('00:00-24');
  const named = days.length === 7 ? words.campaign.anyDay : days.map((day) => words.days[day]).join(', ');
  return [
    ...(starts !== null || ends !== null
      ? [words.campaign.between(dayText(starts, words), dayText(ends, words))]
      : []),
    isAlways ? words.campaign.anyDay : words.campaign.window(named, hours, timezone),
  ];
}

/** A moment on the client's clock, in the language: `24 December 2026 at 17:05`. */
export const momentText = (iso: string, timezone: string, { moment }: Words): string =>
  moment(Temporal.Instant.from(iso).toZonedDateTimeISO(timezone));

/** `24 December 2026` in the language; an open end is three dots. */
const dayText = (day: string | null, words: Words) =>
  day === null ? '…' : words.day(Temporal.PlainDate.from(day));
