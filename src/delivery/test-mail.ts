import type { Recipient } from '../audience/audience.ts';
import type { Message } from '../campaign/message.ts';
import type { Clock } from '../core/clock.ts';
import { fail } from '../core/errors/index.ts';
import { step, type Work } from '../core/progress.ts';
import { composed } from './composed.ts';
import { type MailroomOptions, openMailroom } from './mailroom.ts';
import { oneLine } from './mime/encoded-word.ts';
import { sizeOf } from './mime/form.ts';
import { filled } from './mime/slots.ts';
import type { Outcome } from './outcome.ts';
import { checkSender } from './sender.ts';
import type { Mail, Transport } from './transport.ts';

export interface TestReceipt {
  readonly transport: string;
  readonly subject: string;
  readonly bytes: number;
  /** Whether a copy went out; false where it was only checked. */
  readonly sent: boolean;
}

export interface TestOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly mailroom?: MailroomOptions | undefined;
  /** Has the copy looked at by the other side, and sends nothing. */
  readonly checkOnly?: boolean | undefined;
}

/** Gives a mail to a transport, and tells what is wrong with it, if anything. */
type Carry = (mail: Mail) => Promise<string | undefined>;

/**
 * Sends one copy of a message to one address, or only has it checked. Fields show their names in brackets, so that
 * nobody's data is in it; the ledger knows nothing of it.
 *
 * @throws SENDER_UNUSABLE, TRANSPORT_…, TEST_REFUSED, TEST_UNCHECKABLE, TEST_FAULTY
 */
export async function* sendTestMail(
  original: Message,
  to: string,
  { transport, clock, mailroom, checkOnly }: TestOptions,
): Work<TestReceipt> {
  checkSender([original]);
  const carry = checkOnly ? examiner(transport) : sender(transport);
  const { name } = transport;
  const message = markedAsTest(original);
  yield step(`Connecting to ${name}`);
  await transport.check();
  yield step(checkOnly ? `Having ${name} check one copy` : `Sending one copy to ${to}`);
  const room = openMailroom(new Map([[message.language, message]]), clock, mailroom);
  const mail = room.mailFor(testRecipient(message, to, clock.now()));
  const made = await composed(mail);
  const problem = 'kind' in made ? reasonOf(made) : await carry(mail);
  if (problem !== undefined || 'kind' in made)
    throw fail(checkOnly ? 'TEST_FAULTY' : 'TEST_REFUSED', { transport: name, problem: problem ?? '' });
  const subject = oneLine(filled(message.subject, mail.fields));
  return { transport: name, subject, bytes: sizeOf(made), sent: !checkOnly };
}

/** What examines a mail. @throws TEST_UNCHECKABLE for a transport that can only send */
function examiner(transport: Transport): Carry {
  const { examine } = transport;
  if (!examine) throw fail('TEST_UNCHECKABLE', { transport: transport.name });
  return (mail) => examine.call(transport, mail);
}

/** What hands a mail over. */
const sender =
  (transport: Transport): Carry =>
  async (mail) => {
    const [outcome] = (await transport.send([mail])).outcomes;
    return outcome ? reasonOf(outcome) : 'it did not account for the mail';
  };

const reasonOf = (outcome: Outcome) => ('reason' in outcome ? outcome.reason : undefined);

const markedAsTest = (message: Message): Message => ({
  ...message,
  subject: {
    slots: message.subject.slots,
    statics: message.subject.statics.map((text, n) => (n === 0 ? `[TEST] ${text}` : text)),
  },
});

/** The time is in the id, so that a mail box does not take a second test for a copy of the first. */
function testRecipient({ fields }: Message, address: string, now: Temporal.Instant): Recipient {
  return {
    id: `test-${now.epochMilliseconds}`,
    address,
    key: address,
    fields: Object.fromEntries(fields.map((name) => [name, `[${name.replaceAll('_', ' ')}]`])),
  };
}
