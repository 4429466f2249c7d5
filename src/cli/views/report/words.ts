import type { SendReport, SeriesName } from '../../../delivery/report/report.ts';

/** A report's words in the client's language. */
export interface ReportWords {
  readonly title: string;
  readonly asOf: string;
  readonly rows: Readonly<
    Record<
      | 'candidates'
      | 'excluded'
      | 'sent'
      | 'delivered'
      | 'bounced'
      | 'complained'
      | 'unsubscribed'
      | 'rejected'
      | 'recalled'
      | 'inDoubt'
      | 'planned',
      string
    >
  >;
  readonly overTime: string;
  readonly byDomain: string;
  readonly others: string;
  readonly series: Readonly<Record<SeriesName, string>>;
  readonly notTold: string;
}

const en: ReportWords = {
  title: 'How the promotion went out',
  asOf: 'As of',
  rows: {
    candidates: 'On the list',
    excluded: 'Left out (unsubscribed, listed twice, not an address, not chosen)',
    sent: 'Sent',
    delivered: 'Reached the mailbox',
    bounced: 'Came back',
    complained: 'Called spam',
    unsubscribed: 'Unsubscribed',
    rejected: 'Refused by the mail server',
    recalled: 'Called back before it left',
    inDoubt: 'Not known whether it arrived',
    planned: 'Still to go',
  },
  overTime: 'Over time',
  byDomain: 'By mail provider',
  others: 'others',
  series: { sent: 'Sent', delivered: 'Reached', bounced: 'Came back', unsubscribed: 'Unsubscribed' },
  notTold: 'not told by the mail server',
};

const lv: ReportWords = {
  title: 'Kā tika izsūtīts piedāvājums',
  asOf: 'Stāvoklis',
  rows: {
    candidates: 'Sarakstā',
    excluded: 'Nesūtīts (atteikušies, divreiz sarakstā, nederīga adrese, nav izvēlēti)',
    sent: 'Nosūtīts',
    delivered: 'Nonācis pastkastē',
    bounced: 'Atgriezies',
    complained: 'Atzīmēts kā mēstule',
    unsubscribed: 'Atteikušies',
    rejected: 'Pasta serveris noraidīja',
    recalled: 'Atsaukts pirms izsūtīšanas',
    inDoubt: 'Nav zināms, vai pienāca',
    planned: 'Vēl jānosūta',
  },
  overTime: 'Laika gaitā',
  byDomain: 'Pēc pasta pakalpojuma',
  others: 'citi',
  series: { sent: 'Nosūtīts', delivered: 'Nonācis', bounced: 'Atgriezies', unsubscribed: 'Atteikušies' },
  notTold: 'pasta serveris to nepaziņo',
};

/** What is told of every campaign, and of one that was called back how many that were. */
export const rowsOf = (report: SendReport, { rows }: ReportWords) =>
  (Object.keys(rows) as (keyof ReportWords['rows'])[])
    .filter((key) => key !== 'recalled' || report.recalled > 0)
    .map((key) => ({ key, label: rows[key], value: report[key] }));

/** Those of a language, or English. */
export const reportWords = (language: string): ReportWords => (language.startsWith('lv') ? lv : en);
