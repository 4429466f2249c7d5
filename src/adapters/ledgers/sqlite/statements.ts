import type { DatabaseSync } from 'node:sqlite';
import { OPEN_MEMBERS } from '../members.ts';
import { COUNT, SPAN } from '../rows.ts';

/** Where everybody stands, and who it is. Somebody whose own row is gone is found as well, and noticed. */
export const PEOPLE = 'delivery LEFT JOIN person USING (campaign, id)';

const RECIPIENT = 'id, recipient, address, key, fields, language, state, attempt, due, reason, provider';
const STANDING = 'id, state, attempt, due, reason, provider';

/** With the sign, SQLite does not plan the statement anew for each number that it is given. */
const LIMIT = 'LIMIT +?';

/** Those who may be claimed at once: read on by their numbers, as they stand in no index. */
const FRESH = `+campaign = ? AND state = 'planned' AND due <= 0 AND id BETWEEN ? AND ?`;
const WAITING = `campaign = ? AND state = 'planned' AND due > 0`;

const HELD = `delivery JOIN departure USING (campaign, chunk) WHERE campaign = ? AND leaves > ?`;

/** Those who may be held back until after a moment. */
const DEPARTING = `${HELD} AND state IN ('accepted', 'inDoubt')`;

/** Those of them who were accepted for certain, and whom nobody found to have it. */
const RECALLABLE = `${HELD} AND state = 'accepted' AND reason IS NULL`;

/** What a writer asks of the database, prepared once. */
export function writerStatements(database: DatabaseSync) {
  const prepare = (sql: string) => database.prepare(sql);
  const prepareArrays = (sql: string) => {
    const statement = prepare(sql);
    // A third of the cost of an object for each row.
    statement.setReturnArrays(true);
    return statement;
  };
  return {
    fence: prepare('SELECT generation, control, chunks, frozen, candidates FROM campaign WHERE id = ?'),
    tally: prepare(COUNT('?')),
    freeze: prepare(
      'UPDATE campaign SET frozen = ?, list = ?, basis = ?, messages = ?, candidates = ?, scheduled = ? WHERE id = ?',
    ),
    lastId: prepare('SELECT coalesce(max(id), 0) AS id FROM delivery'),
    person: prepare(
      `INSERT INTO person (id, campaign, key, recipient, address, fields, language)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (campaign, key) DO NOTHING`,
    ),
    plan: prepare(
      `INSERT INTO delivery (id, campaign, state, changed)
       SELECT id, campaign, 'planned', ? FROM person WHERE +campaign = ? AND id > ? ORDER BY id`,
    ),
    exclude: prepare(
      `INSERT INTO delivery (id, campaign, line, state, reason, changed) VALUES (?, ?, ?, 'excluded', ?, ?)`,
    ),
    span: prepare(
      `SELECT (SELECT min(id) FROM delivery WHERE campaign = campaign.id) AS first,
         (SELECT max(id) FROM delivery WHERE campaign = campaign.id) AS last FROM campaign WHERE id = ?`,
    ),
    fresh: prepareArrays(`SELECT ${RECIPIENT} FROM ${PEOPLE} WHERE ${FRESH} ORDER BY id ${LIMIT}`),
    isFresh: prepare(`SELECT id FROM delivery WHERE ${FRESH} ORDER BY id LIMIT 1`),
    due: prepareArrays(
      `SELECT ${RECIPIENT} FROM ${PEOPLE} WHERE ${WAITING} AND due <= ? ORDER BY due, id ${LIMIT}`,
    ),
    nextDue: prepare(`SELECT min(due) AS due FROM delivery WHERE ${WAITING}`),
    open: prepare(`SELECT ${STANDING} FROM delivery WHERE campaign = ? AND state = 'sending'`),
    doubts: prepare(
      `SELECT recipient, ${STANDING} FROM ${PEOPLE} WHERE campaign = ? AND state = 'inDoubt' ORDER BY id`,
    ),
    claim: prepare(
      `UPDATE delivery SET chunk = ?, state = ?, attempt = ?, due = ?, reason = ?, changed = ?
       WHERE id BETWEEN ? AND ? AND state = 'planned'`,
    ),
    settle: prepare(
      `UPDATE delivery SET state = ?, attempt = ?, due = ?, reason = ?, provider = ? ->> (id - CAST(? AS INTEGER)), changed = ?
       WHERE id BETWEEN ? AND ? AND chunk = ? AND state = 'sending'`,
    ),
    move: prepare(
      'UPDATE delivery SET state = ?, attempt = ?, due = ?, reason = ?, provider = ?, changed = ? WHERE id = ?',
    ),
    booked: prepare(
      `SELECT ${STANDING} FROM delivery WHERE campaign = ? AND state = 'planned' AND reason = ?`,
    ),
    schedule: prepare('UPDATE campaign SET scheduled = ? WHERE id = ?'),
    hold: prepare('UPDATE campaign SET batch = coalesce(batch, ?) WHERE id = ? RETURNING batch'),
    depart: prepare('INSERT INTO departure (campaign, chunk, leaves) VALUES (?, ?, ?)'),
    recallable: prepare(`SELECT ${STANDING} FROM ${RECALLABLE}`),
    recalled: prepare('UPDATE campaign SET recalled = recalled + ? WHERE id = ?'),
    sent: prepare(
      'INSERT INTO sent (slot, mails) VALUES (?, ?) ON CONFLICT (slot) DO UPDATE SET mails = mails + excluded.mails',
    ),
    leave: prepare('UPDATE campaign SET generation = generation + 1 WHERE id = ?'),
    count: prepare('UPDATE campaign SET chunks = ?, requests = requests + ? WHERE id = ?'),
  };
}

export type WriterStatements = ReturnType<typeof writerStatements>;

/** What whoever looks at the ledger asks of it, prepared once. */
export function readerStatements(database: DatabaseSync) {
  const prepare = (sql: string) => database.prepare(sql);
  return {
    find: prepare('SELECT * FROM campaign WHERE name = ? AND frozen IS NOT NULL'),
    count: prepare(COUNT('?')),
    names: prepare('SELECT name FROM campaign WHERE frozen IS NOT NULL ORDER BY name'),
    wish: prepare('UPDATE campaign SET control = ? WHERE id = ?'),
    inDoubt: prepare(
      `SELECT recipient, address, reason, changed FROM ${PEOPLE} WHERE campaign = ? AND state = 'inDoubt' ORDER BY id`,
    ),
    open: prepare(OPEN_MEMBERS('?', '?', PEOPLE)),
    departing: prepare(`SELECT ${SPAN} FROM ${DEPARTING}`),
    sent: prepare('SELECT coalesce(sum(mails), 0) AS n FROM sent WHERE slot >= ?'),
  };
}
