import type { AudienceSource, Candidate } from '../audience/audience.ts';
import type { Message } from '../campaign/message.ts';
import type { Digest } from '../core/digest.ts';
import { fail } from '../core/errors/index.ts';
import type { CampaignRecord, FreezeRequest } from './ledger.ts';
import { messageFor } from './mailroom.ts';
import { type AudiencePlan, newFingerprint } from './plan.ts';
import type { Tally } from './tally.ts';

type Messages = ReadonlyMap<string, Message>;

/**
 * What the ledger records at the first send: everybody, in the language they will be written to in, and the
 * digests of what they will be sent. People and plan must be the same still.
 */
export function freezeRequest(
  audience: AudienceSource,
  messages: Messages,
  plan: AudiencePlan,
  now: Temporal.Instant,
): FreezeRequest {
  const fingerprint = newFingerprint();
  async function* watched(): AsyncGenerator<Candidate> {
    for await (const candidate of audience.candidates()) {
      fingerprint.add(candidate);
      yield candidate;
    }
  }
  return {
    list: audience.list,
    basis: audience.basis,
    messages: digestsOf(messages),
    candidates: watched(),
    languageOf: (recipient) => messageFor(messages, recipient).language,
    confirm() {
      if (fingerprint.value() !== plan.fingerprint) throw fail('AUDIENCE_CHANGED', { list: audience.list });
    },
    now,
  };
}

const digestsOf = (messages: Messages): Record<string, Digest> =>
  Object.fromEntries([...messages.values()].map(({ language, digest }) => [language, digest]));

/**
 * Refuses to go on with a campaign as something else than what it began as: its people and its message are fixed
 * at the first send.
 *
 * @throws AUDIENCE_FROZEN, MESSAGE_CHANGED
 */
export function checkUnchanged(
  record: CampaignRecord,
  messages: Messages,
  audience: AudienceSource | undefined,
  { accepted, planned }: Tally,
): void {
  const { campaign, list } = record;
  if (audience && audience.list !== list)
    throw fail('AUDIENCE_FROZEN', { campaign, frozen: list, asked: audience.list });
  if (planned === 0) return;
  for (const [language, digest] of Object.entries(record.messages)) {
    if (messages.get(language)?.digest !== digest)
      throw fail('MESSAGE_CHANGED', { campaign, language, accepted, planned });
  }
}
