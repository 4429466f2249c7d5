import type { Breakdown } from '../../../delivery/report/report.ts';
import { momentIn } from '../moment.ts';
import { REFUSED, type Row } from '../rows.ts';

const HOUR_MS = 3_600_000;
/** What stands behind the last @. */
const DOMAIN = "coalesce(lower(substring(address FROM '[^@]*$')), '')";

type Query = (sql: string, values: readonly unknown[]) => Promise<readonly Row[]>;

/** A campaign's answers by hour and by domain. @param campaign its row */
export async function breakdownOf(query: Query, campaign: number): Promise<Breakdown> {
  const hours = await query(
    `SELECT changed / ${HOUR_MS} AS hour, count(*) FILTER (WHERE state = 'accepted') AS accepted,
       count(*) FILTER (WHERE ${REFUSED}) AS rejected
     FROM delivery WHERE campaign = $1 AND (state = 'accepted' OR ${REFUSED}) GROUP BY 1 ORDER BY 1`,
    [campaign],
  );
  const domains = await query(
    `SELECT ${DOMAIN} AS domain, count(*) FILTER (WHERE state = 'accepted') AS accepted,
       count(*) FILTER (WHERE ${REFUSED}) AS rejected, count(*) FILTER (WHERE state = 'inDoubt') AS in_doubt
     FROM delivery WHERE campaign = $1 AND (state IN ('accepted', 'inDoubt') OR ${REFUSED})
     GROUP BY 1 ORDER BY count(*) DESC, ${DOMAIN} COLLATE "C"`,
    [campaign],
  );
  return {
    hours: hours.map((row) => ({
      hour: momentIn(Number(row.hour) * HOUR_MS),
      accepted: Number(row.accepted),
      rejected: Number(row.rejected),
    })),
    domains: domains.map((row) => ({
      domain: String(row.domain),
      accepted: Number(row.accepted),
      rejected: Number(row.rejected),
      inDoubt: Number(row.in_doubt),
    })),
  };
}
