import pc from 'picocolors';
import type { SegmentCounts } from '../../audience/segment/segment.ts';
import { count } from './words.ts';

/** `"orders" is empty for 12 recipients`: people whom a comparison can overlook. */
export const emptyWords = ({ empty }: SegmentCounts): string[] =>
  empty.map(({ column, recipients }) => `"${column}" is empty for ${count(recipients, 'recipient')}`);

/** How a list was narrowed, above what is shown of it; nothing for a whole list. */
export function segmentView(where: string | undefined, counts: SegmentCounts | undefined): string {
  if (where === undefined || !counts) return '';
  const { matched, notMatched } = counts;
  return [
    `Only ${pc.bold(where)}: ${matched.toLocaleString('en')} of ${count(matched + notMatched, 'recipient')}`,
    ...emptyWords(counts).map((words) => pc.dim(`  ${words}`)),
    '',
    '',
  ].join('\n');
}
