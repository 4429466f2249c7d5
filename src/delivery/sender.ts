import type { Message } from '../campaign/message.ts';
import { fail } from '../core/errors/index.ts';
import { asciiAddress, isWritable } from './mime/mailbox.ts';

/**
 * Refuses messages whose own addresses no mail can carry: every recipient would be written off for what is wrong
 * with the sender. Letters beyond ASCII before the @ would need SMTPUTF8 on the whole way (RFC 6531).
 *
 * @throws SENDER_UNUSABLE
 */
export function checkSender(messages: Iterable<Message>): void {
  for (const { client, campaign, from, replyTo, unsubscribeMailbox } of messages) {
    if (!isUsable(from.email)) throw fail('SENDER_UNUSABLE', { client, campaign, field: 'from' });
    if (replyTo !== undefined && !isUsable(replyTo))
      throw fail('SENDER_UNUSABLE', { client, campaign, field: 'replyTo' });
    if (!isUsable(unsubscribeMailbox))
      throw fail('SENDER_UNUSABLE', { client, campaign, field: 'sender.replyTo' });
  }
}

function isUsable(address: string): boolean {
  const ascii = asciiAddress(address);
  return /^[\x21-\x7e]+$/.test(ascii) && isWritable(ascii);
}
