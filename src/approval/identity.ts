import type { Message, SlotText } from '../campaign/message.ts';
import { fail } from '../core/errors/index.ts';
import type { Client } from '../workspace/index.ts';

/**
 * Holds each language of a campaign to who the client says it must come from, and what it must show. Words that
 * the template puts line breaks or tags between still count.
 *
 * @throws POLICY_SENDER, POLICY_FOOTER
 */
export function checkIdentity(
  { name: client, config }: Pick<Client, 'name' | 'config'>,
  campaign: string,
  messages: ReadonlyMap<string, Message>,
): void {
  const { from, footer } = config.policy.identity;
  for (const [language, message] of messages) {
    const facts = { client, campaign, language };
    if (from !== undefined && message.from.email.toLowerCase() !== from.toLowerCase())
      throw fail('POLICY_SENDER', facts);
    if (footer !== undefined && !shows(message.text, footer))
      throw fail('POLICY_FOOTER', { ...facts, footer });
  }
}

const shows = ({ statics }: SlotText, words: string) => plain(statics.join(' ')).includes(plain(words));
const plain = (text: string) => text.replace(/\s+/g, ' ').toLowerCase();
