import { type FoundList, placeOf } from '../list-source.ts';
import type { Member } from '../list-store.ts';
import type { Segment, SegmentCounts } from './segment.ts';

/** A part of a stored list, to be looked at like a whole one. */
export interface SegmentedList extends FoundList {
  /** What came of the expression when the members were last read. */
  counts(): SegmentCounts;
}

/** Narrows what is read of a stored list to those in the segment. */
export function segmentList(found: FoundList, segment: Segment): SegmentedList {
  const { store, list } = found;
  let pass = segment.pass();
  function* members(name: string): Generator<Member> {
    pass = segment.pass();
    for (const member of store.members(name))
      if (pass.matches(member, () => placeOf(store, list, member.id))) yield member;
  }
  return { ...found, store: { ...store, members }, counts: () => pass.counts() };
}
