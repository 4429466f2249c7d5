import { likelyDomain } from './typo-domains.ts';

/** What a person should think about before writing to an address that is valid as it stands. */
export type AddressRule = 'likely-typo' | 'role-address' | 'throw-away';

/** Addresses of one sort: how many, and where the first of them stands. */
export interface AddressNote<Place> {
  readonly rule: AddressRule;
  /** The domain, where it is the domain that makes one wonder. */
  readonly domain?: string;
  readonly first: Place;
  readonly count: number;
}

/** Notes the addresses of a list as they are read. */
export interface AddressNotes<Place> {
  see(address: string, domain: string, place: Place): void;
  notes(): AddressNote<Place>[];
}

const roles =
  /^(?:info|office|birojs|sales|admin|administrator|support|kontakti|contact|noreply|no-reply|webmaster|postmaster|abuse)@/i;

// Mailboxes that anybody opens for ten minutes: nobody reads there what is sent tomorrow.
const throwAway = new Set([
  '10minutemail.com',
  'burnermail.io',
  'discard.email',
  'dispostable.com',
  'emailondeck.com',
  'fakeinbox.com',
  'getnada.com',
  'grr.la',
  'guerrillamail.com',
  'inboxkitten.com',
  'maildrop.cc',
  'mailinator.com',
  'mailnesia.com',
  'mintemail.com',
  'moakt.com',
  'mohmal.com',
  'mytemp.email',
  'sharklasers.com',
  'spamgourmet.com',
  'temp-mail.org',
  'tempmail.dev',
  'throwawaymail.com',
  'trashmail.com',
  'yopmail.com',
]);

const REMEMBERED = 10_000; // domains that were judged already

export function addressNotes<Place>(): AddressNotes<Place> {
  const judged = new Map<string, AddressRule | undefined>();
  const found = new Map<string, { rule: AddressRule; domain?: string; first: Place; count: number }>();
  const judge = (domain: string) => {
    if (judged.has(domain)) return judged.get(domain);
    const rule = judgeDomain(domain);
    if (judged.size < REMEMBERED) judged.set(domain, rule);
    return rule;
  };
  const note = (rule: AddressRule, domain: string, first: Place) => {
    const known = found.get(`${rule} ${domain}`);
    if (known) known.count++;
    else found.set(`${rule} ${domain}`, { rule, ...(domain === '' ? {} : { domain }), first, count: 1 });
  };
  return {
    see(address, domain, place) {
      const rule = judge(domain);
      if (rule) note(rule, domain, place);
      if (roles.test(address)) note('role-address', '', place);
    },
    notes: () => [...found.values()],
  };
}

function judgeDomain(domain: string): AddressRule | undefined {
  if (throwAway.has(domain)) return 'throw-away';
  return likelyDomain(domain) === undefined ? undefined : 'likely-typo';
}

/** A note in plain words, and what to do about it. */
export function noteWords({ rule, domain = '', count }: AddressNote<unknown>): {
  message: string;
  fix: string;
} {
  const people = count === 1 ? '1 recipient' : `${count} recipients`;
  if (rule === 'likely-typo')
    return {
      message: `${people} at "${domain}", which looks like a slip of "${likelyDomain(domain)}"`,
      fix: 'Ask the customer, correct the file and import it again; suppress the wrong address.',
    };
  if (rule === 'throw-away')
    return {
      message: `${people} at "${domain}", where mailboxes are thrown away after minutes`,
      fix: 'Nobody will read it there: ask for another address, or suppress it.',
    };
  return {
    message: `${people} with an address of an office such as info@, which several people read`,
    fix: 'Make sure that somebody there agreed to these mails.',
  };
}
