import type { ExclusionReason } from '../audience/audience.ts';

/** Recipients by state, counted from the ledger's rows. `candidates` is what was counted when they were frozen. */
export interface Tally {
  readonly candidates: number;
  readonly excluded: Readonly<Record<ExclusionReason, number>>;
  readonly planned: number;
  readonly sending: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly inDoubt: number;
}

export const nobody: Tally = {
  candidates: 0,
  excluded: { suppressed: 0, duplicate: 0, invalid: 0, segment: 0 },
  planned: 0,
  sending: 0,
  accepted: 0,
  rejected: 0,
  inDoubt: 0,
};

/** The right side of the equation: everybody whose state is recorded. */
export function recorded({
  excluded,
  planned,
  sending,
  accepted,
  rejected,
  inDoubt,
}: Omit<Tally, 'candidates'>): number {
  return totalExcluded(excluded) + planned + sending + accepted + rejected + inDoubt;
}

export const totalExcluded = (excluded: Tally['excluded']): number =>
  excluded.suppressed + excluded.duplicate + excluded.invalid + excluded.segment;

/** `candidates = Σexcluded + planned + sending + accepted + rejected + inDoubt`. */
export const isBalanced = (tally: Tally): boolean => tally.candidates === recorded(tally);

/** Whether nobody was ever tried. */
export const isUntouched = ({ accepted, rejected, inDoubt, sending }: Tally): boolean =>
  accepted + rejected + inDoubt + sending === 0;

/** Those who wait to be written to. */
export const toGo = ({ planned, sending }: Tally): number => planned + sending;
