import type { Clock } from '../../../core/clock.ts';
import { fail } from '../../../core/errors/index.ts';
import type { Recall } from '../../../delivery/transport.ts';
import { type Answer, reasonOf } from './classify.ts';

/** Asks the API; a text says why no answer came. */
type Api = (method: string, url: string, body?: object) => Promise<Answer | string>;

/**
 * A batch can be cancelled until 10 minutes before its mails are to leave
 * (https://www.twilio.com/docs/sendgrid/api-reference/cancel-scheduled-sends).
 */
const TOO_LATE = Temporal.Duration.from({ minutes: 10 });

/** Calls back what SendGrid holds under a batch id until its `send_at`. */
export function sendgridRecall(transport: string, api: Api, clock: Clock): Recall {
  return {
    async open() {
      const answer = await api('POST', '/v3/mail/batch');
      if (typeof answer === 'string') throw fail('TRANSPORT_UNREACHABLE', { transport, problem: answer });
      const batch = (answer.body as { batch_id?: unknown } | null)?.batch_id;
      if (answer.status === 201 && typeof batch === 'string' && batch !== '') return batch;
      throw fail('TRANSPORT_REFUSED', { transport, problem: `${reasonOf(answer)}, it opens no batch` });
    },
    async cancel(batch) {
      const answer = await api('POST', '/v3/user/scheduled_sends', { batch_id: batch, status: 'cancel' });
      const isConfirmed = isAnswer(answer, 201) || (await wasCancelled(api, batch));
      if (!isConfirmed) {
        const problem = typeof answer === 'string' ? answer : reasonOf(answer);
        throw fail('RECALL_UNCONFIRMED', { transport, problem });
      }
      return later(clock.now(), timeOf(answer)).add(TOO_LATE);
    },
  };
}

/** A second word about a batch is refused, and an answer may be lost: what counts is how the batch stands. */
async function wasCancelled(api: Api, batch: string): Promise<boolean> {
  const answer = await api('GET', `/v3/user/scheduled_sends/${encodeURIComponent(batch)}`);
  if (!isAnswer(answer, 200) || !Array.isArray(answer.body)) return false;
  return answer.body.some((entry) => entry?.batch_id === batch && entry?.status === 'cancel');
}

/** SendGrid's own clock decides what was in time, so that one here that is slow promises nothing. */
function timeOf(answer: Answer | string): Temporal.Instant | undefined {
  const time = typeof answer === 'string' ? Number.NaN : Date.parse(String(answer.headers.date ?? ''));
  return Number.isNaN(time) ? undefined : Temporal.Instant.fromEpochMilliseconds(time);
}

const later = (one: Temporal.Instant, other: Temporal.Instant | undefined) =>
  other && Temporal.Instant.compare(other, one) > 0 ? other : one;

const isAnswer = (answer: Answer | string, status: number): answer is Answer =>
  typeof answer !== 'string' && answer.status === status;
