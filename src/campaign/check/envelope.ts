import { withoutMerge } from '../merge/without.ts';
import { asError, asWarning, at, type Rule } from './rules.ts';

/** Where phones cut a subject, and a mailbox's list its second line (Gmail and Apple Mail on a phone, upright). */
const longestSubject = 70;
const longestPreheader = 120;

/** Subject and preheader: what is seen before the mail is opened. */
export const envelopeRules: Rule = ({ brief, senderEmail }) => {
  const { subject, preheader, banner } = brief.fields;
  const problems = [];
  if (withoutMerge(subject) === '')
    problems.push(
      asError({
        ...at(brief, 'subject'),
        rule: 'subject-empty',
        message: 'The subject is nothing but a merge field.',
        fix: 'Say in a few words what the mail is about.',
      }),
    );
  if (length(subject) > longestSubject)
    problems.push(
      asWarning({
        ...at(brief, 'subject'),
        rule: 'subject-length',
        message: `The subject has ${length(subject)} characters; phones show about 40, and cut it after ${longestSubject} at the latest.`,
        fix: 'Shorten it, or put what matters first.',
      }),
    );
  if (preheader === '')
    problems.push(
      asWarning({
        ...at(brief, 'subject'),
        rule: 'preheader-missing',
        message: 'There is no preheader: mailboxes will show the beginning of the text behind the subject.',
        fix: 'Add preheader: with one short sentence.',
      }),
    );
  if (length(preheader) > longestPreheader)
    problems.push(
      asWarning({
        ...at(brief, 'preheader'),
        rule: 'preheader-length',
        message: `The preheader has ${length(preheader)} characters; no mailbox shows more than ${longestPreheader}.`,
        fix: 'Shorten it to one sentence.',
      }),
    );
  if (banner && length(banner) > longestPreheader)
    problems.push(
      asWarning({
        ...at(brief, 'banner'),
        rule: 'banner-length',
        message: `The banner has ${length(banner)} characters and will fill several lines on a phone.`,
        fix: 'Shorten it to what fits on one line.',
      }),
    );
  const from = brief.fields.from === undefined ? undefined : domainOf(brief.fields.from);
  if (from !== undefined && senderEmail !== '' && from !== domainOf(senderEmail))
    problems.push(
      asWarning({
        ...at(brief, 'from'),
        rule: 'other-domain',
        message: `The mail says that it comes from ${from}, and the client's mails come from ${domainOf(senderEmail)}: mailboxes may take it for a forgery.`,
        fix: `Use an address at ${domainOf(senderEmail)}, or leave from: out and write it as replyTo.`,
      }),
    );
  return problems;
};

const domainOf = (mailbox: string) =>
  mailbox
    .slice(mailbox.lastIndexOf('@') + 1)
    .replace(/>\s*$/, '')
    .toLowerCase();

/** Characters as a reader counts them, a merge field as a short name. */
const length = (text: string) => [...text.replace(/\{\{[\s\S]*?\}\}/g, 'Anna')].length;
