import type { EventKind } from '../../../delivery/events/event.ts';
import type { RecipientState } from '../../../delivery/state.ts';

/** What a person reads about their own data, in the client's language. */
export interface RecordWords {
  readonly title: string;
  readonly intro: (business: string, moment: string) => string;
  readonly nothing: string;
  readonly lists: string;
  readonly onList: (list: string) => string;
  readonly address: string;
  readonly language: string;
  readonly why: string;
  readonly basis: Readonly<Record<'consent' | 'customer', string>>;
  readonly since: string;
  readonly source: string;
  readonly wording: string;
  readonly from: string;
  readonly file: (file: string, line: number) => string;
  readonly fingerprint: string;
  readonly sends: string;
  readonly campaign: string;
  readonly when: string;
  readonly state: string;
  readonly states: Readonly<Record<RecipientState, string>>;
  readonly usedFor: string;
  readonly events: string;
  readonly event: string;
  readonly kinds: Readonly<Record<EventKind, string>>;
  readonly rejected: string;
  readonly suppressed: string;
  readonly suppressedSince: (moment: string) => string;
  readonly reason: string;
  readonly rights: string;
  readonly rightsText: (contact: string) => string;
}

const en: RecordWords = {
  title: 'What we hold about you',
  intro: (business, moment) => `This is everything that ${business} held about you on ${moment}.`,
  nothing: 'Nothing is held about this address.',
  lists: 'Lists you are on',
  onList: (list) => `List “${list}”`,
  address: 'E-mail address',
  language: 'Language',
  why: 'Why you may be written to',
  basis: {
    consent: 'You asked for these mails',
    customer: 'You are a customer',
  },
  since: 'Recorded',
  source: 'Where this is recorded',
  wording: 'What you read when you agreed',
  from: 'Taken from',
  file: (file, line) => `the file ${file}, line ${line}`,
  fingerprint: 'Fingerprint of the file (SHA-256)',
  sends: 'Mails',
  campaign: 'Mail',
  when: 'When',
  state: 'What became of it',
  states: {
    planned: 'not sent yet',
    excluded: 'not sent',
    sending: 'being sent',
    accepted: 'sent',
    rejected: 'refused by the mail server',
    inDoubt: 'perhaps sent: the connection broke',
  },
  usedFor: 'Written with',
  events: 'What was reported about the mails',
  event: 'Report',
  kinds: {
    delivered: 'reached the mailbox',
    deferred: 'put off by the mail server',
    bounced: 'came back',
    complained: 'was called spam',
    unsubscribed: 'you unsubscribed',
  },
  rejected: 'Rows of files that could not be used',
  suppressed: 'No more mail',
  suppressedSince: (moment) => `Nothing is sent to you since ${moment}.`,
  reason: 'Reason',
  rights: 'Your rights',
  rightsText: (contact) =>
    `You may have this corrected or erased, and you may say at any time that you want no more mail. Write to ${contact}.`,
};

const lv: RecordWords = {
  title: 'Ko mēs par jums glabājam',
  intro: (business, moment) => `Šeit ir viss, ko ${business} par jums glabāja ${moment}.`,
  nothing: 'Par šo adresi nekas netiek glabāts.',
  lists: 'Saraksti, kuros jūs esat',
  onList: (list) => `Saraksts „${list}”`,
  address: 'E-pasta adrese',
  language: 'Valoda',
  why: 'Kāpēc jums drīkst rakstīt',
  basis: {
    consent: 'Jūs šīs vēstules lūdzāt',
    customer: 'Jūs esat klients',
  },
  since: 'Ierakstīts',
  source: 'Kur tas ir pierakstīts',
  wording: 'Ko jūs izlasījāt, kad piekritāt',
  from: 'Ņemts no',
  file: (file, line) => `faila ${file}, ${line}. rindas`,
  fingerprint: 'Faila nospiedums (SHA-256)',
  sends: 'Vēstules',
  campaign: 'Vēstule',
  when: 'Kad',
  state: 'Kas ar to notika',
  states: {
    planned: 'vēl nav nosūtīta',
    excluded: 'nav sūtīta',
    sending: 'tiek sūtīta',
    accepted: 'nosūtīta',
    rejected: 'pasta serveris to nepieņēma',
    inDoubt: 'iespējams, nosūtīta: savienojums pārtrūka',
  },
  usedFor: 'Rakstīta ar',
  events: 'Kas par vēstulēm tika ziņots',
  event: 'Ziņojums',
  kinds: {
    delivered: 'sasniedza pastkasti',
    deferred: 'pasta serveris to atlika',
    bounced: 'atnāca atpakaļ',
    complained: 'tika atzīmēta kā surogātpasts',
    unsubscribed: 'jūs atteicāties no vēstulēm',
  },
  rejected: 'Failu rindas, kuras nevarēja izmantot',
  suppressed: 'Vēstules vairs netiek sūtītas',
  suppressedSince: (moment) => `Jums nekas netiek sūtīts kopš: ${moment}.`,
  reason: 'Iemesls',
  rights: 'Jūsu tiesības',
  rightsText: (contact) =>
    `Jūs varat lūgt šos datus labot vai dzēst un jebkurā brīdī atteikties no vēstulēm. Rakstiet uz ${contact}.`,
};

export const recordWords = (language: string): RecordWords => (language.startsWith('lv') ? lv : en);
