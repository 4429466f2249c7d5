import {
  closeSync,
  createReadStream,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import PostalMime, { type Email } from 'postal-mime';

/** A longer mail carries no report that is of use here; it is passed over. */
const LONGEST = 10 * 1024 * 1024;
const TOO_LONG = 'it has more than 10 MB';

export interface SavedMail {
  /** The file, and for a mailbox file the mail's number in it. */
  readonly place: string;
  readonly mail: Email;
}

/** A mail that could not be read, and why. */
export interface UnreadMail {
  readonly place: string;
  readonly problem: string;
}

/**
 * Mails that a mail program saved: one file, a mailbox file in which each begins with a `From ` line (RFC 4155),
 * or a folder of either; a Maildir's `new` and `cur` are such folders.
 */
export async function* savedMails(path: string, name = path): AsyncGenerator<SavedMail | UnreadMail> {
  if (statSync(path).isDirectory()) {
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)))
      if (!entry.name.startsWith('.') && (entry.isFile() || entry.isDirectory()))
        yield* savedMails(join(path, entry.name), `${name}/${entry.name}`);
    return;
  }
  if (!isMailbox(path)) {
    yield statSync(path).size > LONGEST
      ? { place: name, problem: TOO_LONG }
      : await parse(readFileSync(path), name);
    return;
  }
  let number = 0;
  for await (const text of mailsOfMailbox(path)) yield await parse(text, `${name}, mail ${++number}`);
}

async function parse(bytes: Buffer, place: string): Promise<SavedMail | UnreadMail> {
  if (bytes.length > LONGEST) return { place, problem: TOO_LONG };
  try {
    return {
      place,
      mail: await PostalMime.parse(bytes, { rfc822Attachments: true, forceRfc822Attachments: true }),
    };
  } catch {
    return { place, problem: 'it is not a mail' };
  }
}

function isMailbox(path: string): boolean {
  const first = Buffer.alloc(5);
  const file = openSync(path, 'r');
  try {
    readSync(file, first);
  } finally {
    closeSync(file);
  }
  return first.toString('latin1') === 'From ';
}

/** Lines that began with "From " in a mail were written with a ">" before them. */
async function* mailsOfMailbox(path: string): AsyncGenerator<Buffer> {
  const lines = createInterface({
    input: createReadStream(path, 'latin1'),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  let mail: string[] | undefined;
  for await (const line of lines) {
    if (line.startsWith('From ') && (mail === undefined || mail.at(-1) === '')) {
      if (mail) yield Buffer.from(mail.join('\n'), 'latin1');
      mail = [];
    } else mail?.push(line.replace(/^>(>*From )/, '$1'));
  }
  if (mail) yield Buffer.from(mail.join('\n'), 'latin1');
}
