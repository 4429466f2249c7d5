import type { AudienceSource, Candidate, Recipient } from '../audience.ts';
import type { RowPlace, Segment, SegmentPass } from './segment.ts';

/** Chooses among the recipients of one source, and remembers what came of it. */
export interface Chooser {
  /** Begins anew: a source can be read several times. */
  begin(): (recipient: Recipient, place: () => RowPlace) => Candidate;
  /** What the source says of its segment; nothing where there is none. */
  readonly report: Pick<AudienceSource, 'segment'>;
}

/** Chooses by a segment; without one, everybody. Whoever is left out is named as such. */
export function chooser(segment: Segment | undefined): Chooser {
  if (!segment) return { begin: () => (recipient) => ({ kind: 'recipient', recipient }), report: {} };
  let last: SegmentPass = segment.pass();
  return {
    begin() {
      const pass = segment.pass();
      last = pass;
      return (recipient, place) =>
        pass.matches(recipient, place)
          ? { kind: 'recipient', recipient }
          : { kind: 'excluded', reason: 'segment' };
    },
    report: { segment: { where: segment.where, counts: () => last.counts() } },
  };
}
