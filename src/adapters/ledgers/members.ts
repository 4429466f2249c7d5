import type { Member } from '../../delivery/ledger.ts';
import { type Row, textOrNull } from './rows.ts';

const PAGE = 5000;

/** The rows of those who are still to get a campaign, or may have to: a page of them after a row's number. */
export const OPEN_MEMBERS = (campaign: string, after: string, people = 'delivery') =>
  `SELECT id, recipient, address FROM ${people}
   WHERE campaign = ${campaign} AND state IN ('planned', 'sending', 'inDoubt') AND id > ${after}
   ORDER BY id LIMIT ${PAGE}`;

/** Streams members page by page, so that no statement stays open while its caller thinks. */
export async function* membersOf(page: (after: number) => Promise<readonly Row[]>): AsyncGenerator<Member> {
  for (let after = 0; ; ) {
    const rows = await page(after);
    for (const row of rows) yield { id: String(row.recipient), address: textOrNull(row.address) };
    after = Number(rows.at(-1)?.id ?? 0);
    if (rows.length < PAGE) return;
  }
}
