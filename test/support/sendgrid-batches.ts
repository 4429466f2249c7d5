import type { MailSend } from './sendgrid-endpoint.ts';

export const errors = (message: string, field: string | null = null) => ({
  errors: [{ message, field, help: null }],
});

const SECONDS = { day: 86_400, tooLate: 600 };
const now = () => Date.now() / 1000;

/**
 * Batches as SendGrid documents them: an id that was not given out is refused, as is a `send_at` more than 72 hours
 * ahead, a second status for one batch, and an eleventh batch that is stopped; what leaves within 10 minutes is not
 * stopped (https://www.twilio.com/docs/sendgrid/api-reference/cancel-scheduled-sends).
 */
export function openBatches() {
  const given = new Set<string>();
  const cancelled = new Set<string>();
  const stopped = new Set<string>();
  const list = (id: string) => (cancelled.has(id) ? [{ batch_id: id, status: 'cancel' }] : []);

  const cancel = (id: string, status: string, mails: readonly MailSend[]) => {
    if (!given.has(id) || status !== 'cancel') return { status: 400, body: errors('bad batch', 'batch_id') };
    if (cancelled.has(id)) return { status: 400, body: errors('a status for this batch is there already') };
    if (cancelled.size === 10) return { status: 400, body: errors('too many batches') };
    cancelled.add(id);
    for (const mail of mails.filter(({ batch_id }) => batch_id === id))
      if ((mail.send_at ?? 0) - now() > SECONDS.tooLate)
        for (const { to } of mail.personalizations) for (const { email } of to) stopped.add(email);
    return { status: 201, body: { batch_id: id, status } };
  };

  return {
    stopped,
    refusal({ batch_id, send_at }: MailSend): { status: number; body: unknown } | undefined {
      if (batch_id !== undefined && !given.has(batch_id))
        return { status: 400, body: errors('unknown batch', 'batch_id') };
      if (send_at !== undefined && send_at - now() > 3 * SECONDS.day)
        return { status: 400, body: errors('more than 72 hours ahead', 'send_at') };
      return undefined;
    },
    answer(method: string, url: string, said: string, mails: readonly MailSend[]) {
      if (method === 'GET') return { status: 200, body: list(url.split('/').at(-1) ?? '') };
      if (url === '/v3/mail/batch') {
        const id = `batch-${given.size + 1}`;
        given.add(id);
        return { status: 201, body: { batch_id: id } };
      }
      const { batch_id, status } = JSON.parse(said) as { batch_id: string; status: string };
      return cancel(batch_id, status, mails);
    },
  };
}
