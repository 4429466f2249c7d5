import type { Problem } from '../../core/problem.ts';
import type { Brief, Campaign } from '../brief/brief.ts';
import type { Message } from '../message.ts';
import type { Pictures } from '../picture.ts';

/** What a rule looks at. A message is absent where it could not be compiled: that is a problem of its own. */
export interface Checked {
  readonly campaign: Campaign;
  readonly brief: Brief;
  readonly message: Message | undefined;
  readonly pictures: Pictures;
  /** Today on the client's calendar. */
  readonly today: Temporal.PlainDate;
  /** IANA. */
  readonly timezone: string;
  /** The address that the client's mails come from. */
  readonly senderEmail: string;
}

/** A rule: what it finds in one language of a campaign. */
export type Rule = (checked: Checked) => Problem[];

type Found = Omit<Problem, 'severity'>;
export const asError = (found: Found): Problem => ({ ...found, severity: 'error' });
export const asWarning = (found: Found): Problem => ({ ...found, severity: 'warning' });

/** Where a field of a brief stands, for a problem. */
export function at(brief: Brief, ...path: (string | number)[]): { file: string; line?: number } {
  const { file, line } = brief.place(path);
  return line === undefined ? { file } : { file, line };
}

/** Where a line of a brief's text stands. @param line from 1, within the text */
export const inBody = (brief: Brief, line: number) => ({
  file: brief.bodyFile,
  line: brief.bodyLine + line - 1,
});
