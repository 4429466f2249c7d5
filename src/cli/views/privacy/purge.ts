import pc from 'picocolors';
import type { Purge } from '../../context/privacy-purge.ts';
import { count } from '../words.ts';

type Shown = Omit<Purge, 'dryRun'>;

export const isEmptyPurge = ({ lists, campaigns, events, rejects }: Shown): boolean =>
  lists.length + campaigns.length + events + rejects.length === 0;

const lines = ({ lists, campaigns, events, rejects, retention }: Shown): string[] => [
  ...lists.map(
    ({ list, people }) =>
      `  ${count(people, 'person', 'people')} of the list "${list}", without contact for ${count(retention.lists ?? 0, 'month')}`,
  ),
  ...campaigns.map(
    ({ campaign, recipients }) =>
      `  addresses and fields of ${count(recipients, 'recipient')} of "${campaign}"`,
  ),
  ...(events > 0 ? [`  ${count(events, 'event')}`] : []),
  ...rejects.map((file) => `  ${file}`),
];

export const purgeQuestion = (business: string, purge: Shown): string =>
  `Of ${business} these go for good:\n${lines(purge).join('\n')}\nRemove them? This cannot be undone.`;

/** What a purge removed, or would. */
export function purgeText(business: string, purge: Purge): string {
  if (Object.keys(purge.retention).length === 0 && isEmptyPurge(purge))
    return `${business} names no retention, so nothing but rejected rows is ever too old. Name months in site.yaml, such as retention: {lists: 24, campaigns: 12, events: 12, rejects: 1}`;
  if (isEmptyPurge(purge)) return `${pc.green('✓')} ${business}: nothing is older than it may be.`;
  const first = purge.dryRun ? `Would remove of ${business}:` : `${pc.green('✓')} Removed of ${business}:`;
  return [first, ...lines(purge), ''].join('\n');
}
