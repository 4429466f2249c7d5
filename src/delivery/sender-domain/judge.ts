import { type DomainRecords, hasTag, tagOf } from './records.ts';

export interface MailDomain {
  /** The domain of the sender's address. */
  readonly domain: string;
  readonly records: DomainRecords;
  /** Whether the mail goes through SendGrid, which signs with keys under names of its own. */
  readonly isSendGrid: boolean;
}

export interface DomainFinding extends Judged {
  readonly check: 'mx' | 'spf' | 'dkim' | 'dmarc';
}

interface Judged {
  readonly state: 'well' | 'problem';
  /** One sentence. */
  readonly text: string;
  /** What to do, and who does it. */
  readonly fix?: string;
}

/** Most look-ups that judging an SPF record may take (RFC 7208 §4.6.4). */
const SPF_LOOKUPS = 10;

/**
 * Whether a sender's domain has what the large mailboxes ask of bulk senders: SPF, DKIM, DMARC
 * (support.google.com/a/answer/81126, senders.yahooinc.com/best-practices), and takes answers.
 */
export function judgeMailDomain(mail: MailDomain): DomainFinding[] {
  const parts: readonly (readonly [DomainFinding['check'], Judged | undefined])[] = [
    ['mx', judgeMx(mail)],
    ['spf', judgeSpf(mail)],
    ['dkim', judgeDkim(mail)],
    ['dmarc', judgeDmarc(mail)],
  ];
  return parts.flatMap(([check, judged]) => (judged ? [{ check, ...judged }] : []));
}

function judgeMx({ domain, records: { mx } }: MailDomain): Judged {
  if (mx.length > 0) return well(`${domain} takes mail: answers arrive.`);
  const fix = `Ask whoever looks after ${domain} for an MX record, or send from an address whose domain takes mail.`;
  return problem(`${domain} takes no mail: answers and bounces are lost, and many mailboxes refuse it.`, fix);
}

function judgeSpf({ domain, records, isSendGrid }: MailDomain): Judged {
  const found = records.txt.filter((text) => /^v=spf1(\s|$)/i.test(text));
  const [record = ''] = found;
  const asks = (what: string) => `Ask whoever looks after ${domain} ${what}.`;
  const example = `v=spf1 include:${isSendGrid ? 'sendgrid.net' : '…'} ~all`;
  const whose = isSendGrid ? '' : ', with the include that your mail provider names';
  if (found.length === 0)
    return problem(
      `${domain} does not say who may send in its name (SPF).`,
      asks(`to add the TXT record "${example}"${whose}`),
    );
  if (found.length > 1)
    return problem(
      `${domain} has ${found.length} SPF records, so none of them counts.`,
      asks('to make one of them'),
    );
  if (/(^|\s)\+?all(\s|$)/i.test(record))
    return problem(
      `The SPF record of ${domain} lets everybody send in its name.`,
      asks('to end it with ~all'),
    );
  const lookups = record.match(
    /(^|\s)[+?~-]?(include:|redirect=|exists:|a(?=[\s:/]|$)|mx(?=[\s:/]|$)|ptr)/gi,
  );
  if ((lookups?.length ?? 0) > SPF_LOOKUPS)
    return problem(
      `The SPF record of ${domain} asks for more than ${SPF_LOOKUPS} look-ups, so it counts as broken.`,
      asks('to shorten it'),
    );
  return well(`${domain} says who may send in its name (SPF).`);
}

function judgeDkim({ domain, records, isSendGrid }: MailDomain): Judged | undefined {
  const { dkim } = records;
  if (dkim.length === 0) return undefined;
  const names = dkim.map(({ selector }) => selector).join(' or ');
  const there = dkim.filter(({ txt }) => txt.some((text) => (tagOf(text, 'p') ?? '') !== ''));
  if (there.length > 0) return well(`${domain} has a key for signed mail (DKIM, ${there[0]?.selector}).`);
  const fix = isSendGrid
    ? `At SendGrid, authenticate the domain ${domain}, and have the records that it shows added.`
    : `Ask whoever looks after ${domain} to add the key's TXT record.`;
  return problem(`${domain} has no key for signed mail (DKIM) under ${names}.`, fix);
}

function judgeDmarc({ domain, records: { dmarc } }: MailDomain): Judged {
  const found = dmarc.filter((text) => hasTag(text, 'v', 'DMARC1'));
  const [record = ''] = found;
  const record1 = `_dmarc.${domain}`;
  if (found.length === 0)
    return problem(
      `${domain} has no DMARC record: large mailboxes refuse bulk mail without one.`,
      `Ask whoever looks after ${domain} to add the TXT record "v=DMARC1; p=none" at ${record1}.`,
    );
  if (found.length > 1)
    return problem(`${record1} has ${found.length} records, so none counts.`, 'Have all but one removed.');
  const policy = tagOf(record, 'p')?.toLowerCase();
  if (policy === undefined || !['none', 'quarantine', 'reject'].includes(policy))
    return problem(
      `The DMARC record of ${domain} names no policy.`,
      'Have p=none, p=quarantine or p=reject put into it.',
    );
  return well(`${domain} has a DMARC record (p=${policy}).`);
}

const well = (text: string): Judged => ({ state: 'well', text });
const problem = (text: string, fix: string): Judged => ({ state: 'problem', text, fix });
