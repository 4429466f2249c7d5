import type { DatabaseSync } from 'node:sqlite';
import type { Delivery, Whose } from '../../../delivery/ledger.ts';
import { advance, planned } from '../../../delivery/state.ts';
import type { Traces } from '../../../privacy/traces.ts';
import { leaveNoTrace } from '../../sqlite/leave-no-trace.ts';
import { deliveryOf } from '../rows.ts';
import { transaction } from './database.ts';
import { PEOPLE } from './statements.ts';

/** What is kept of one person. */
export const deliveriesOf = (database: DatabaseSync, recipient: string): Delivery[] =>
  database
    .prepare(
      `SELECT name, list, basis, address, fields, language, state, attempt, due, reason, provider, changed
       FROM person JOIN delivery USING (campaign, id) JOIN campaign ON campaign.id = person.campaign
       WHERE recipient = ? ORDER BY person.id`,
    )
    .all(recipient)
    .map(deliveryOf);

const theirs = (whose: Whose): readonly [where: string, value: string] =>
  'recipient' in whose
    ? ['recipient = ?', whose.recipient]
    : ['campaign = (SELECT id FROM campaign WHERE name = ?)', whose.campaign];

export function heldOf(database: DatabaseSync, whose: Whose): number {
  const [where, value] = theirs(whose);
  return Number(database.prepare(`SELECT count(address) AS n FROM person WHERE ${where}`).get(value)?.n);
}

/** Everybody with an attempt: what is in flight or in doubt counts as well. */
export const mailedSince = (database: DatabaseSync, since: Temporal.Instant): ReadonlySet<string> =>
  new Set(
    database
      .prepare(`SELECT DISTINCT recipient FROM ${PEOPLE} WHERE attempt > 0 AND changed >= ?`)
      .all(since.epochMilliseconds)
      .map(({ recipient }) => String(recipient)),
  );

/** Blanks what is personal; then writes the file anew, so that nothing of it is left in free pages. */
export function eraseFrom(
  database: DatabaseSync,
  whose: Whose,
  now: Temporal.Instant,
  traces: Traces | undefined,
): number {
  const [where, value] = theirs(whose);
  const [erased, mentions] = transaction(database, () => {
    exclude(database, where, value, now.epochMilliseconds);
    // The key must not tell the address either, and two of one campaign must differ in it.
    const { changes } = database
      .prepare(
        `UPDATE person SET address = NULL, key = recipient, fields = '{}'
         WHERE ${where} AND address IS NOT NULL`,
      )
      .run(value);
    return [Number(changes), traces ? clearMentions(database, traces) : 0];
  });
  if (erased + mentions > 0 || traces) leaveNoTrace(database);
  return erased;
}

function exclude(database: DatabaseSync, where: string, value: string, now: number): void {
  const { state, reason } = advance(planned, { kind: 'exclude', reason: 'suppressed' });
  database
    .prepare(
      `UPDATE delivery SET state = ?, reason = ?, changed = ?
       WHERE state = 'planned' AND id IN (SELECT id FROM person WHERE ${where})`,
    )
    .run(state, reason, now, value);
}

function clearMentions(database: DatabaseSync, traces: Traces): number {
  const update = database.prepare('UPDATE person SET fields = ? WHERE id = ?');
  const rows = database.prepare(
    `SELECT id, fields FROM person WHERE instr(fields, '@') + instr(fields, '%40') + instr(fields, '=40') > 0`,
  );
  const found = rows
    .iterate()
    .filter(({ fields }) => traces.isIn(String(fields)))
    .toArray();
  for (const { id, fields } of found) update.run(traces.without(String(fields)), id ?? null);
  return found.length;
}
