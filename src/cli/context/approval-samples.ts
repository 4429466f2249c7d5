import type { AudienceSource, Recipient } from '../../audience/audience.ts';
import type { Message } from '../../campaign/message.ts';
import { renderPreview, sampleFields } from '../../campaign/preview.ts';
import { type Digest, sha256 } from '../../core/digest.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { unsubscribeUrl } from './unsubscribe.ts';

/** What an approver was shown of a campaign, as a statement knows it. */
export interface Sample {
  readonly language: string;
  readonly subject: string;
  readonly html: Digest;
  readonly text: Digest;
}

export interface SampledCampaign {
  readonly messages: ReadonlyMap<string, Message>;
  readonly audience: AudienceSource;
}

/**
 * A campaign as three of its people would see it: the first, the one with the longest words and the one with the
 * most gaps, which are where a text breaks. Addresses are shown in part only.
 *
 * @returns digests for the statement, and `sample-1.html`, `sample-1.txt`, `sample-1.json` and so on
 */
export async function sampleRenders(
  context: Context,
  client: Client,
  { messages, audience }: SampledCampaign,
): Promise<{ samples: Sample[]; files: Map<string, string> }> {
  const { messageFor, openMailroom } = await import('../../delivery/mailroom.ts');
  const { openSuppression } = await import('./audience.ts');
  const suppression = await openSuppression(context, client);
  const room = openMailroom(messages, context.clock, {
    unsubscribeUrl: await unsubscribeUrl(context, client),
  });
  const samples: Sample[] = [];
  const files = new Map<string, string>();
  for (const person of await pickSamples(audience, (key) => suppression.isSuppressed(key))) {
    const message = messageFor(messages, person);
    const recipient = {
      ...person,
      address: maskedAddress(person.address),
      fields: { ...sampleFields(message), ...person.fields },
    };
    const { fields, bytes } = room.mailFor(recipient);
    const { language, subject, html, text, to } = renderPreview(message, fields, bytes());
    const n = samples.length + 1;
    samples.push({ language, subject, html: sha256(html), text: sha256(text) });
    files.set(`sample-${n}.html`, html);
    files.set(`sample-${n}.txt`, text);
    files.set(`sample-${n}.json`, JSON.stringify({ language, subject, to }));
  }
  return { samples, files };
}

async function pickSamples(
  audience: AudienceSource,
  isSuppressed: (key: string) => boolean,
): Promise<Recipient[]> {
  let first: Recipient | undefined;
  let longest: Recipient | undefined;
  let emptiest: Recipient | undefined;
  for await (const candidate of audience.candidates()) {
    if (candidate.kind !== 'recipient' || isSuppressed(candidate.recipient.key)) continue;
    const { recipient } = candidate;
    first ??= recipient;
    if (letters(recipient) > letters(longest)) longest = recipient;
    if (gaps(recipient) > gaps(emptiest)) emptiest = recipient;
  }
  const picked = [first, longest, emptiest].filter((one) => one !== undefined);
  return [...new Map(picked.map((one) => [one.id, one])).values()];
}

const letters = (one: Recipient | undefined) =>
  one ? Math.max(0, ...Object.values(one.fields).map(({ length }) => length)) : -1;
const gaps = (one: Recipient | undefined) =>
  one ? Object.values(one.fields).filter((value) => value === '').length : -1;

/** `a…@example.com`: enough to know that it is a customer, too little to know which. */
export const maskedAddress = (address: string) => address.replace(/^(.)[^@]*@/, '$1…@');
