import { fail } from '../../core/errors/index.ts';
import type { SuppressionList } from '../../delivery/events/suppressions.ts';
import { reasonOf } from '../transports/sendgrid/classify.ts';
import { openService } from '../transports/sendgrid/service.ts';

/** The most that one answer holds. */
const PAGE = 500;

/**
 * Everything on one of SendGrid's suppression lists since a moment, page by page.
 *
 * @param env SENDGRID_API_KEY and SENDGRID_BASE_URL, as for sending
 * @throws TRANSPORT_INVALID without a key; EVENTS_REFUSED
 */
export async function* sendgridList(
  env: Readonly<NodeJS.ProcessEnv>,
  list: SuppressionList,
  since: Temporal.Instant,
): AsyncGenerator<unknown> {
  const { api } = openService(env);
  const from = Math.floor(since.epochMilliseconds / 1000);
  for (let offset = 0; ; offset += PAGE) {
    const answer = await api(
      'GET',
      `/v3/suppression/${list}?start_time=${from}&limit=${PAGE}&offset=${offset}`,
    );
    if (typeof answer === 'string') throw fail('EVENTS_REFUSED', { list, problem: answer });
    if (answer.status !== 200 || !Array.isArray(answer.body))
      throw fail('EVENTS_REFUSED', { list, problem: reasonOf(answer) });
    yield* answer.body;
    if (answer.body.length < PAGE) return;
  }
}
