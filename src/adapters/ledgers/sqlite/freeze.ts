import type { FreezeRequest } from '../../../delivery/ledger.ts';
import { asKnown, begin, rollback } from './database.ts';
import type { WriterDesk } from './writer.ts';

/** Records every candidate in one transaction: all of them or nobody. */
export async function freeze(desk: WriterDesk, request: FreezeRequest): Promise<void> {
  const { database, sql, id } = desk;
  const now = request.now.epochMilliseconds;
  let candidates = 0;
  try {
    begin(database, 'FULL');
    const { frozen } = desk.checkFence();
    if (frozen !== null) throw new TypeError('The audience of a campaign is frozen once.');
    for await (const candidate of request.candidates) {
      candidates++;
      if (candidate.kind === 'excluded') {
        sql.insertExcluded.run(id, candidate.line ?? null, candidate.reason, now);
        continue;
      }
      const { recipient } = candidate;
      const { key, address, fields } = recipient;
      const language = request.languageOf(recipient);
      const { changes } = sql.insert.run(
        id,
        key,
        recipient.id,
        address,
        JSON.stringify(fields),
        language,
        now,
      );
      if (Number(changes) === 0) sql.insertExcluded.run(id, null, 'duplicate', now);
    }
    request.confirm();
    const at = request.scheduledFor?.epochMilliseconds ?? null;
    const messages = JSON.stringify(request.messages);
    sql.freeze.run(now, request.list, request.basis, messages, candidates, at, id);
    database.exec('COMMIT');
  } catch (error) {
    rollback(database);
    throw asKnown(error);
  }
}
