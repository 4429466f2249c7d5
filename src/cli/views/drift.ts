import type { Drift } from '../../publish/index.ts';
import { table } from './table.ts';

const SHOWN = 12;
const words: Readonly<Record<Drift['change'], string>> = {
  changed: 'changed',
  added: 'put there',
  deleted: 'deleted',
};

/** What somebody else did on a live site, file by file, as lines. */
export function driftTable(drift: readonly Drift[]): string[] {
  const rest = drift.length - SHOWN;
  return [
    table(drift.slice(0, SHOWN).map(({ path, change }) => [`    ${words[change]}`, path])),
    ...(rest > 0 ? [`    and ${rest} more`] : []),
  ];
}
