import { describe, expect, it } from 'vitest';
import { isNameOf } from '../../src/approval/request/approver-name.ts';
import { amountsIn } from '../../src/approval/rules/money.ts';
import { fold, readDay, readNumber } from '../../src/audience/segment/cell-values.ts';
import { asWritten, safeCell } from '../../src/audience/spreadsheet.ts';
import { redact, withoutAddresses as withoutAnyAddresses } from '../../src/cli/redact.ts';
import { parseEmailAddress } from '../../src/core/email-address.ts';
import { looksLikeEmail } from '../../src/core/email-text.ts';
import { slugify } from '../../src/core/slug.ts';
import { withoutAddresses } from '../../src/delivery/events/event.ts';
import { isInBytes, type Traces, tracesOf } from '../../src/privacy/traces.ts';

const SIZE = 100_000;
const times = (text: string) => text.repeat(Math.ceil(SIZE / text.length)).slice(0, SIZE);

/** Texts of 100 kB that a careless regular expression tries from each of its letters. */
const texts = Object.entries({
  digits: times('1'),
  'digits and blanks': times('1 '),
  'digits and full stops': times('1.'),
  'blanks inside': `a${times(' ')}b`,
  'line breaks inside': `a${times('\n ')}b`,
  'one word': times('a'),
  'one long name of a host': times('a.'),
  dashes: times('-'),
  'at signs': times('a@'),
  'tags that begin': times('<'),
  'scripts that begin': times('<script '),
  'styles that never end': times('<style>'),
  'attributes that never end': times('<a content="'),
  'logins in addresses': times('http://a:'),
  tokens: times('Bearer '),
  quotes: times("'"),
  'equals signs': times('='),
});

/** What reads texts that come from outside: cells, pages, mails of strangers, typed names, errors of others. */
const readers = Object.entries({
  'a number in a cell': readNumber,
  'a day in a cell': readDay,
  'words that are compared': fold,
  'a cell for a spreadsheet': (text: string) => asWritten(safeCell(text)),
  'amounts of money on a page': amountsIn,
  'what a server said': withoutAddresses,
  'a text that is printed': redact,
  'a text of others that is printed': withoutAnyAddresses,
  'the name of an approver': (text: string) => isNameOf('Anna Berg', text),
  'an address': parseEmailAddress,
  'what may be an address': looksLikeEmail,
  'a part of a web address': slugify,
  'traces of a person': (text: string) => isInBytes(annasTraces(), 'anna@example.com', Buffer.from(text)),
});

/** Far above what any of them takes; one whose time grows with the square of the text takes longer. */
const LIMIT_MS = 10_000;

describe.each(readers)('%s', (_, read) => {
  it.each(texts)(
    'comes to an end with %s',
    (_name, text) => expect(() => read(text)).not.toThrow(),
    LIMIT_MS,
  );
});

function annasTraces(): Traces {
  const parsed = parseEmailAddress('anna@example.com');
  if (!parsed.ok) throw new Error(parsed.reason);
  return tracesOf(parsed.address);
}
