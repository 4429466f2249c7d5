import pc from 'picocolors';
import type { ImportCounts } from '../../audience/import-counts.ts';
import { table } from './table.ts';
import { count } from './words.ts';

export interface ImportView extends ImportCounts {
  readonly client: string;
  readonly list: string;
  readonly file: string;
  readonly encoding: string;
  readonly delimiter: string;
  readonly columns: readonly string[];
  readonly leftOut: readonly string[];
  readonly firstRejects: readonly { readonly line: number; readonly reason: string }[];
  readonly rejects: string | null;
  readonly dryRun: boolean;
}

/** What an import did, or under --dry-run and before the question: what it would do. */
export function listImportView(done: ImportView): string {
  const parts = [
    headLine(done),
    '',
    outcomes(done),
    '',
    `  Read as ${done.encoding}, cells separated by ${delimiterNames[done.delimiter] ?? done.delimiter}.`,
    `  Fields for mails: ${['email', ...done.columns].join(', ')}`,
  ];
  const named = done.leftOut.filter((name) => name !== '');
  const nameless = done.leftOut.length - named.length;
  if (named.length > 0) parts.push(`  Left out: ${named.join(', ')}`);
  if (nameless > 0) parts.push(`  Left out: ${count(nameless, 'column')} without a header`);
  return [...parts, ...rejectLines(done), ''].join('\n');
}

/** What an import did, for a person who has just seen the preview. */
export function listImportedView(done: ImportView): string {
  return [headLine(done), ...rejectsPath(done), ''].join('\n');
}

function headLine({ dryRun, client, list, rows, added, updated, unchanged }: ImportView): string {
  const name = pc.bold(`${client} / ${list}`);
  if (dryRun) return `${name}: ${count(rows, 'row')} read, and nothing changed yet`;
  return `${pc.green('✓')} ${name}: ${count(added + updated + unchanged, 'recipient')} from ${count(rows, 'row')}`;
}

const delimiterNames: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'upright bars',
};

function outcomes(done: ImportView): string {
  const rows: [number, string, string][] = [
    [done.added, 'new', ''],
    [done.updated, 'changed', 'known already, and something in the row is new'],
    [done.unchanged, 'unchanged', ''],
    [done.duplicates, 'duplicates', 'the same address again in this file; its first row counts'],
    [done.suppressed, 'suppressed', 'they want no mail, and get none'],
    [done.rejected, 'rejected', 'see below'],
  ];
  const width = Math.max(...rows.map(([n]) => n.toLocaleString('en').length));
  return table(
    rows.map(([n, name, note]) => {
      const line = [`  ${n.toLocaleString('en').padStart(width)}`, name, n > 0 ? pc.dim(note) : ''];
      return n > 0 ? line : line.map((cell) => pc.dim(cell));
    }),
  );
}

function rejectLines(done: ImportView): string[] {
  const { firstRejects, rejected, dryRun } = done;
  if (rejected === 0) return [];
  const more = rejected - firstRejects.length;
  return [
    '',
    `${pc.yellow('!')} ${count(rejected, 'row')} ${dryRun ? 'cannot' : 'could not'} be taken over:`,
    table(firstRejects.map(({ line, reason }) => [`  line ${line}`, reason])),
    ...(more > 0 ? [`  … and ${count(more, 'more', 'more')}`] : []),
    ...rejectsPath(done),
  ];
}

function rejectsPath({ rejects }: ImportView): string[] {
  if (rejects === null) return [];
  return [
    '',
    `  The rejected rows, with their reasons: ${rejects}`,
    '  Mend them in that file and import it.',
  ];
}
