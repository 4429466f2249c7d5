/** What there is of a person to be erased, or what was erased, in numbers. */
export interface ErasureCounts {
  /** Lists that they are on. */
  readonly lists: number;
  /** Deliveries in the ledger that carry their address. */
  readonly sends: number;
  readonly events: number;
  /** Rows in reject files. */
  readonly rejected: number;
  /** Mails that sec wrote into files of this computer. */
  readonly mails: number;
  /** Open requests for approval whose samples may show them. */
  readonly requests: number;
}

/** What `sec privacy erase --json` prints. */
export interface Erasure extends ErasureCounts {
  readonly client: string;
  readonly recipient: string | null;
  readonly dryRun: boolean;
  /** Whether nothing is sent to them from now on, also after a new import. */
  readonly suppressed: boolean;
  /** Files of the workspace that hold the address still, and are a person's own to change: pages, briefs, notes. */
  readonly left: readonly string[];
  /** Files that named them when they were imported; copies of them may be anywhere. */
  readonly importedFrom: readonly string[];
}

export const isNothing = ({ lists, sends, events, rejected, mails, requests }: ErasureCounts): boolean =>
  lists + sends + events + rejected + mails + requests === 0;
