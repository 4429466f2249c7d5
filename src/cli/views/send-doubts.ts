import pc from 'picocolors';
import { wallTimeOf } from '../../core/wall-time.ts';
import type { Doubt } from '../../delivery/ledger.ts';
import { table } from './table.ts';
import { count } from './words.ts';

export interface DoubtsView {
  readonly client: string;
  readonly campaign: string;
  readonly timezone: string;
  readonly doubts: readonly Doubt[];
}

/** Those in doubt by name: the one place that shows addresses, because somebody has to find out about them. */
export function doubtsView({ client, campaign, timezone, doubts }: DoubtsView): string {
  if (doubts.length === 0) return `${pc.green('✓')} ${client} / ${campaign}: nobody is in doubt.\n`;
  const rows = doubts.map(({ address, reason, since }) => [
    `  ${address || pc.dim('(erased)')}`,
    wallTimeOf(since, timezone),
    pc.dim(reason),
  ]);
  return [
    `${pc.yellow('!')} ${pc.bold(`${client} / ${campaign}`)}: ${count(doubts.length, 'person is', 'people are')} in doubt`,
    '',
    table(rows),
    '',
    '  Look them up at the mail server or ask them, then say what you found:',
    `    sec promo resolve ${client} ${campaign} --as accepted       (they have it)`,
    `    sec promo resolve ${client} ${campaign} --as not-accepted   (they do not; resume writes to them)`,
    '  For some of them only, add: --only ADDRESS',
    '',
  ].join('\n');
}
