/** What `sec doctor` found at one point that it looked at. */
export interface Finding {
  /** `office`, or the client's short name. */
  readonly about: string;
  /** A permanent word for the point, such as `dmarc`. */
  readonly check: string;
  readonly state: 'well' | 'warning' | 'problem';
  /** One sentence; no address of a recipient, no secret. */
  readonly text: string;
  /** What to do, and who does it; absent where all is well. */
  readonly fix?: string | undefined;
}
