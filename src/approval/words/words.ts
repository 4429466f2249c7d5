import type { Weekday } from '../rules/window.ts';
import type { Fields } from './fields.ts';

/** All that an approver reads, in one language. */
export interface Words {
  readonly lang: string;
  /** Days and moments as they stand within a sentence. */
  readonly day: (day: Temporal.PlainDate) => string;
  readonly moment: (at: Temporal.ZonedDateTime) => string;
  readonly days: Readonly<Record<Weekday, string>>;
  readonly mail: {
    readonly subject: (what: string, business: string) => string;
    readonly hello: (name: string) => string;
    readonly lookAt: string;
    readonly answerHere: string;
    readonly pin: string;
    readonly answerByMail: string;
    readonly approveLine: string;
    readonly changesLine: string;
    readonly until: (moment: string) => string;
    readonly surprise: string;
    readonly replyApprove: (business: string) => string;
    readonly replyChanges: (business: string) => string;
    readonly replyComment: string;
    readonly replyCode: string;
  };
  readonly what: Readonly<Record<'site' | 'campaign' | 'policy', string>>;
  readonly intro: Readonly<Record<'site' | 'campaign' | 'policy', (office: string) => string>>;
  readonly site: {
    readonly added: string;
    readonly changed: string;
    readonly removed: string;
    readonly others: (count: number) => string;
    readonly nothing: string;
  };
  readonly campaign: {
    readonly subject: string;
    readonly from: string;
    readonly people: string;
    readonly peopleCount: (count: number, list: string) => string;
    readonly when: string;
    readonly anyDay: string;
    readonly between: (starts: string, ends: string) => string;
    readonly window: (days: string, hours: string, timezone: string) => string;
    readonly sample: (n: number) => string;
  };
  readonly policy: { readonly before: string; readonly after: string };
  readonly desk: Fields;
}
