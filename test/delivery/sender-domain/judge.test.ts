import { expect, it } from 'vitest';
import { judgeMailDomain } from '../../../src/delivery/sender-domain/judge.ts';
import type { DomainRecords } from '../../../src/delivery/sender-domain/records.ts';

const good: DomainRecords = {
  mx: ['mail.kaldi.example'],
  txt: ['google-site-verification=1', 'v=spf1 include:mail.example ~all'],
  dmarc: ['v=DMARC1; p=none'],
  dkim: [],
};
const judge = (records: Partial<DomainRecords>, isSendGrid = false) =>
  judgeMailDomain({ domain: 'kaldi.example', records: { ...good, ...records }, isSendGrid });
const problems = (records: Partial<DomainRecords>, isSendGrid = false) =>
  judge(records, isSendGrid)
    .filter(({ state }) => state === 'problem')
    .map(({ check, fix }) => `${check}: ${fix}`);

it('has nothing against a domain that is set up', () => {
  expect(judge({}).map(({ check, state }) => `${check} ${state}`)).toEqual([
    'mx well',
    'spf well',
    'dmarc well',
  ]);
});

it.each<[string, Partial<DomainRecords>, RegExp]>([
  ['takes no mail', { mx: [] }, /^mx: .*MX record/],
  [
    'no SPF',
    { txt: ['something else', 'v=spf10 -all'] },
    /^spf: .*"v=spf1 include:… ~all", with the include/,
  ],
  ['two SPF records', { txt: ['v=spf1 -all', 'v=spf1 ~all'] }, /^spf: .*one of them/],
  ['open to all', { txt: ['v=spf1 +all'] }, /^spf: .*~all/],
  ['open to all, briefly', { txt: ['v=spf1 mx all'] }, /^spf: .*~all/],
  ['too many look-ups', { txt: [`v=spf1 ${'include:a.example '.repeat(11)}-all`] }, /^spf: .*shorten/],
  ['no DMARC', { dmarc: ['v=spf1 -all'] }, /^dmarc: .*_dmarc\.kaldi\.example/],
  ['two DMARC records', { dmarc: ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] }, /^dmarc: .*removed/],
  ['DMARC without a policy', { dmarc: ['v=DMARC1; rua=mailto:a@kaldi.example'] }, /^dmarc: .*p=none/],
  ['no key', { dkim: [{ selector: 's1', txt: [] }] }, /^dkim: .*TXT record/],
  ['a key that was taken back', { dkim: [{ selector: 's1', txt: ['v=DKIM1; p='] }] }, /^dkim: /],
])('%s', (_what, records, expected) => {
  const found = problems(records);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(expected);
});

it('sends a client of SendGrid to the domain’s authentication there', () => {
  const none = [
    { selector: 's1', txt: [] },
    { selector: 's2', txt: [] },
  ];
  expect(problems({ txt: [], dkim: none }, true)).toEqual([
    'spf: Ask whoever looks after kaldi.example to add the TXT record "v=spf1 include:sendgrid.net ~all".',
    'dkim: At SendGrid, authenticate the domain kaldi.example, and have the records that it shows added.',
  ]);
  expect(problems({ dkim: [{ selector: 's1', txt: ['k=rsa; p=AAAA'] }] }, true)).toEqual([]);
});

it('does not count the mechanisms that need no look-up', () => {
  expect(problems({ txt: [`v=spf1 ${'ip4:192.0.2.1 '.repeat(30)}a mx -all`] })).toEqual([]);
});
