import type { Recipient } from '../audience/audience.ts';
import type { Message } from '../campaign/message.ts';
import type { Clock } from '../core/clock.ts';
import { fail } from '../core/errors/index.ts';
import { step, type Work } from '../core/progress.ts';
import { composed } from './composed.ts';
import { type MailroomOptions, openMailroom } from './mailroom.ts';
import { oneLine } from './mime/encoded-word.ts';
import { filled } from './mime/slots.ts';
import { checkSender } from './sender.ts';
import type { Transport } from './transport.ts';

export interface TestReceipt {
  readonly transport: string;
  readonly subject: string;
  readonly bytes: number;
}

export interface TestOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly mailroom?: MailroomOptions | undefined;
}

/**
 * Sends one copy of a message to one address. Fields show their names in brackets, so that nobody's data is in
 * it; the ledger knows nothing of it.
 *
 * @throws SENDER_UNUSABLE, TRANSPORT_…, TEST_REFUSED
 */
export async function* sendTestMail(
  original: Message,
  to: string,
  { transport, clock, mailroom }: TestOptions,
): Work<TestReceipt> {
  checkSender([original]);
  const message = markedAsTest(original);
  yield step(`Connecting to ${transport.name}`);
  await transport.check();
  yield step(`Sending one copy to ${to}`);
  const room = openMailroom(new Map([[message.language, message]]), clock, mailroom);
  const mail = room.mailFor(testRecipient(message, to, clock.now()));
  const bytes = await composed(mail);
  const { outcomes } = await transport.send([mail]);
  const outcome = outcomes[0];
  if (outcome?.kind !== 'accepted' || !(bytes instanceof Uint8Array))
    throw fail('TEST_REFUSED', {
      transport: transport.name,
      problem: outcome && 'reason' in outcome ? outcome.reason : 'the message could not be made',
    });
  const subject = oneLine(filled(message.subject, mail.fields));
  return { transport: transport.name, subject, bytes: bytes.length };
}

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
