import pc from 'picocolors';
import type { HistoryRow } from '../context/site-history.ts';
import { table } from './table.ts';
import { count } from './words.ts';

/** What was published, newest first. */
export function historyView(rows: readonly HistoryRow[], client: string): string {
  if (rows.length === 0) return `Nothing was published from here yet. Begin with: sec site publish ${client}`;
  return table(
    rows.map((row) => [
      row.live ? pc.green('●') : ' ',
      pc.bold(row.release.slice(0, 12)),
      row.at.slice(0, 16).replace('T', ' '),
      row.action === 'rollback' ? 'went back' : 'published',
      row.target,
      `${count(row.files, 'file')} (${row.uploaded} brought, ${row.removed} removed)`,
      row.by,
      row.kept ? '' : pc.dim('no longer kept'),
    ]),
  );
}
