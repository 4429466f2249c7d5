import { closeSync, openSync, readdirSync, readSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Traces } from '../../privacy/traces.ts';

/** Mails to one person that sec wrote for one client. */
export interface MailsOf {
  readonly recipient: string;
  readonly traces: Traces;
  /** The client's sender addresses: a mail from anybody else is not the client's. */
  readonly senders: readonly string[];
}

const HEAD_BYTES = 64 * 1024;
/** As `messageToken` makes it: what else is a mail in a folder was not written by sec. */
const ownMessageId = /^Message-ID: <[0-9a-f]{40}@/im;
const passedOver = new Set(['.git', '.sec', 'node_modules']);

/**
 * Mails as files (`outbox:`, `sec promo preview --out`, `sec promo test`) to a person, below a folder. Links are not
 * followed.
 *
 * @param dir absolute; nothing is found where there is none
 */
export function* findMails(dir: string, whose: MailsOf): Generator<string> {
  for (const entry of entriesOf(dir)) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) {
      if (!passedOver.has(entry.name)) yield* findMails(path, whose);
    } else if (entry.isFile() && /\.eml(\.tmp)?$/.test(entry.name) && isTheirs(path, entry.name, whose))
      yield path;
  }
}

/** Removes a mail; of a preview, also the page, the text and the pictures that were made of it. */
export function removeMail(path: string): void {
  const [, preview] = /\/(message\.[a-z-]+)\.eml$/i.exec(path.replaceAll('\\', '/')) ?? [];
  const dir = dirname(path);
  if (preview !== undefined)
    for (const { name } of entriesOf(dir))
      if (name.startsWith(`${preview}.`)) rmSync(join(dir, name), { force: true });
  rmSync(path, { force: true });
}

function isTheirs(path: string, name: string, { recipient, traces, senders }: MailsOf): boolean {
  if (name.includes(`-${recipient}.eml`)) return true;
  const head = headOf(path);
  const field = (of: string) => new RegExp(`^${of}:((?:.|\\r?\\n[ \\t])*)`, 'im').exec(head)?.[1] ?? '';
  const from = field('From').toLowerCase();
  return (
    ownMessageId.test(head) &&
    traces.isIn(field('To')) &&
    senders.some((one) => from.includes(one.toLowerCase()))
  );
}

function headOf(path: string): string {
  const bytes = Buffer.alloc(HEAD_BYTES);
  const file = openSync(path, 'r');
  try {
    const text = bytes.toString('latin1', 0, readSync(file, bytes));
    return text.split(/\r?\n\r?\n/, 1)[0] ?? '';
  } finally {
    closeSync(file);
  }
}

function entriesOf(dir: string) {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch {
    return [];
  }
}
