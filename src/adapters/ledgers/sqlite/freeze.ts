import type { ExclusionReason } from '../../../audience/audience.ts';
import type { FreezeRequest } from '../../../delivery/ledger.ts';
import { asKnown, begin, rollback } from './database.ts';
import type { WriterDesk } from './writer-desk.ts';

/** Records every candidate in one transaction: all of them or nobody. */
export async function freeze(desk: WriterDesk, request: FreezeRequest): Promise<void> {
  const { database, sql, id } = desk;
  const now = request.now.epochMilliseconds;
  let candidates = 0;
  const exclude = (delivery: number, line: number | undefined, reason: ExclusionReason) =>
    sql.exclude.run(delivery, id, line ?? null, reason, now);
  try {
    begin(database, 'FULL');
    const { frozen } = desk.checkFence();
    if (frozen !== null) throw new TypeError('The audience of a campaign is frozen once.');
    const last = Number(sql.lastId.get()?.id);
    for await (const candidate of request.candidates) {
      const delivery = last + ++candidates;
      if (candidate.kind === 'excluded') {
        exclude(delivery, candidate.line, candidate.reason);
        continue;
      }
      const { recipient } = candidate;
      const { key, address, fields } = recipient;
      const language = request.languageOf(recipient);
      const { changes } = sql.person.run(
        ...[delivery, id, key, recipient.id, address, JSON.stringify(fields), language],
      );
      if (Number(changes) === 0) exclude(delivery, undefined, 'duplicate');
    }
    sql.plan.run(now, id, last);
    request.confirm();
    const at = request.scheduledFor?.epochMilliseconds ?? null;
    const messages = JSON.stringify(request.messages);
    sql.freeze.run(now, request.list, request.basis, messages, candidates, at, id);
    database.exec('COMMIT');
    desk.bookmark.forget();
  } catch (error) {
    rollback(database);
    throw asKnown(error);
  }
}
