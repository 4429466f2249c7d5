import type { SegmentCounts } from '../../audience/segment/segment.ts';

/** What `--json` says of the part of a list that was looked at; nothing for a whole list. */
export function segmentResult(where: string | undefined, counts: SegmentCounts | undefined) {
  return where === undefined || !counts ? {} : { segment: { where, ...counts } };
}
