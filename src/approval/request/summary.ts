import type { Weekday } from '../rules/window.ts';

interface PageNamed {
  readonly url: string;
  readonly title: string;
}

/** What an approver is told of a change, before it is put into their language. Names no recipient. */
export type Summary =
  | {
      readonly kind: 'site';
      readonly added: readonly PageNamed[];
      readonly changed: readonly PageNamed[];
      readonly removed: readonly string[];
      readonly otherFiles: number;
    }
  | {
      readonly kind: 'campaign';
      /** By language, as the first sample recipient reads it. */
      readonly subjects: readonly { readonly language: string; readonly subject: string }[];
      readonly from: string;
      readonly people: number;
      readonly list: string;
      readonly starts: string | null;
      readonly ends: string | null;
      readonly days: readonly Weekday[];
      readonly hours: string;
      readonly timezone: string;
    }
  | {
      readonly kind: 'policy';
      /** Whole sentences, in the office's language. */
      readonly before: readonly string[];
      readonly after: readonly string[];
    };
