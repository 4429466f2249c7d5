import pc from 'picocolors';
import type { CleanReceipt } from '../context/releases.ts';
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

/** What `sec site clean` let go of. */
export function cleanView({ removed, kept, applied }: CleanReceipt): string {
  if (removed.length === 0) return `Nothing to let go: ${count(kept, 'release')} kept on this computer.`;
  const names = removed.map((digest) => digest.slice(0, 12)).join(', ');
  const did = applied ? `${pc.green('✓')} Let go of` : 'Would let go of';
  return `${did} ${count(removed.length, 'release')} (${names}); ${count(kept, 'release')} kept.`;
}
