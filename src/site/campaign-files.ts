/**
 * A text that a campaign leaves on its client's site for good, because mails that went out link to it: the web
 * version of a mail, the calendar file of an event. No page links to it, and no list of pages names it.
 */
export interface CampaignFile {
  /** From the site's root: `/campaigns/spring/en/`. */
  readonly address: string;
  /** Whose file this is, for errors: the brief. */
  readonly file: string;
  readonly text: string;
}

export interface CampaignFiles {
  readonly files: readonly CampaignFile[];
  /** Moments at which there will be more of them. */
  readonly changes: readonly Temporal.Instant[];
}
