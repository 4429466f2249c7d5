/** What stands on the approval desk's own pages. */
export interface Fields {
  readonly skip: string;
  readonly title: (business: string) => string;
  readonly open: string;
  readonly openHint: string;
  readonly secret: string;
  readonly openButton: string;
  readonly opening: string;
  readonly gone: string;
  readonly goneHint: string;
  readonly wrongSecret: string;
  readonly whatChanges: string;
  readonly whatGoesOut: string;
  readonly live: string;
  readonly next: string;
  readonly phone: string;
  readonly desktop: string;
  readonly width: string;
  readonly pageNew: string;
  readonly pageChanged: string;
  readonly pageGone: string;
  readonly openAlone: string;
  readonly asText: string;
  readonly decide: string;
  readonly name: string;
  readonly nameHint: (name: string) => string;
  readonly pin: string;
  readonly pinHint: string;
  readonly approve: string;
  readonly approveMeans: string;
  readonly approvePasskey: string;
  readonly passkeyHint: string;
  readonly passkeyMissing: string;
  readonly addPasskey: string;
  readonly passkeyMade: string;
  readonly needsScript: string;
  readonly changes: string;
  readonly comment: string;
  readonly commentHint: string;
  readonly page: string;
  /** At a page: opens the form for a note. */
  readonly note: string;
  readonly noteOn: (title: string) => string;
  readonly noteHint: string;
  readonly noteKept: string;
  readonly noteKeep: string;
  readonly noted: string;
  readonly noPage: string;
  readonly send: string;
  readonly approved: string;
  readonly approvedMeans: string;
  readonly changesSent: string;
  readonly changesMeans: string;
  readonly receipt: string;
  readonly receiptStatement: string;
  readonly receiptAudit: string;
  readonly receiptAt: string;
  readonly receiptTier: string;
  readonly keep: string;
  readonly until: (moment: string) => string;
  readonly tiers: Readonly<Record<'T0' | 'T1' | 'T2' | 'T3', string>>;
  readonly problems: Readonly<
    Record<
      | 'name'
      | 'pin'
      | 'pinLocked'
      | 'comment'
      | 'noted'
      | 'decided'
      | 'expired'
      | 'withdrawn'
      | 'moved'
      | 'passkey'
      | 'key'
      | 'other',
      string
    >
  >;
}
