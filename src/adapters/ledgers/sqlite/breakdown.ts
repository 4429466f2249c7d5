import type { DatabaseSync } from 'node:sqlite';
import type { Breakdown } from '../../../delivery/report/report.ts';
import { momentIn } from '../moment.ts';
import { REFUSED } from '../rows.ts';
import { PEOPLE } from './statements.ts';

const HOUR_MS = 3_600_000;
/** What stands behind the last @: a quoted local part may hold another one. */
const DOMAIN = "lower(replace(address, rtrim(address, replace(address, '@', '')), ''))";

/** A campaign's answers by hour and by domain. @param campaign its row */
export function breakdownOf(database: DatabaseSync, campaign: number): Breakdown {
  const hours = database.prepare(
    `SELECT changed / ${HOUR_MS} AS hour, sum(state = 'accepted') AS accepted, sum(${REFUSED}) AS rejected
     FROM delivery WHERE campaign = ? AND (state = 'accepted' OR ${REFUSED}) GROUP BY hour ORDER BY hour`,
  );
  const domains = database.prepare(
    `SELECT coalesce(${DOMAIN}, '') AS domain, sum(state = 'accepted') AS accepted, sum(${REFUSED}) AS rejected,
       sum(state = 'inDoubt') AS inDoubt
     FROM ${PEOPLE} WHERE campaign = ? AND (state IN ('accepted', 'inDoubt') OR ${REFUSED})
     GROUP BY 1 ORDER BY count(*) DESC, domain`,
  );
  return {
    hours: hours.all(campaign).map((row) => ({
      hour: momentIn(Number(row.hour) * HOUR_MS),
      accepted: Number(row.accepted),
      rejected: Number(row.rejected),
    })),
    domains: domains.all(campaign).map((row) => ({
      domain: String(row.domain),
      accepted: Number(row.accepted),
      rejected: Number(row.rejected),
      inDoubt: Number(row.inDoubt),
    })),
  };
}
