import pc from 'picocolors';
import type { HistoryRow } from '../context/site-history.ts';
import { table } from './table.ts';
import { count, wallTime } from './words.ts';

/** What was published, newest first, on the client's clock; the host only where there are several. */
export function historyView(rows: readonly HistoryRow[], client: string, timezone: string): string {
  if (rows.length === 0) return `Nothing was published from here yet. Begin with: sec site publish ${client}`;
  const hosts = new Set(rows.map(({ target }) => target));
  return table(
    rows.map((row) => [
      row.live ? pc.green('●') : ' ',
      pc.bold(row.release.slice(0, 12)),
      wallTime(row.at, timezone),
      row.action === 'rollback' ? 'went back' : 'published',
      ...(hosts.size > 1 ? [row.target] : []),
      `${count(row.files, 'file')} (${row.uploaded} brought, ${row.removed} removed)`,
      row.by,
      row.kept ? '' : pc.dim('no longer kept'),
    ]),
  );
}
