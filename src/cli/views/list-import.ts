import pc from 'picocolors';
import type { ImportCounts } from '../../audience/import-counts.ts';
import type { ImportExamples } from '../results/list-import.ts';
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
  readonly examples: ImportExamples;
  readonly warnings: readonly { readonly line: number; readonly message: string; readonly fix: string }[];
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
  return [...parts, ...warningLines(done), ...rejectLines(done), ''].join('\n');
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
  const rows: [keyof ImportExamples, string, string][] = [
    ['added', 'new', ''],
    ['updated', 'changed', 'known already, and something in the row is new'],
    ['unchanged', 'unchanged', ''],
    ['duplicates', 'duplicates', 'the same address again in this file; its first row counts'],
    ['suppressed', 'suppressed', 'they want no mail, and get none'],
    ['rejected', 'rejected', 'see below'],
  ];
  const width = Math.max(...rows.map(([name]) => done[name].toLocaleString('en').length));
  return table(
    rows.map(([name, title, note]) => {
      const line = [`  ${done[name].toLocaleString('en').padStart(width)}`, title];
      if (done[name] === 0) return line.map((cell) => pc.dim(cell));
      return [...line, pc.dim(linesOf(done.examples[name], done[name])), pc.dim(note)];
    }),
  );
}

/** `line 7`, `lines 2, 3, 4 …` */
const linesOf = (lines: readonly number[], count: number) =>
  `line${count === 1 ? '' : 's'} ${lines.join(', ')}${count > lines.length ? ' …' : ''}`;

function warningLines({ warnings }: ImportView): string[] {
  return warnings.flatMap(({ line, message, fix }) => [
    '',
    `${pc.yellow('!')} ${message} ${pc.dim(`(first in line ${line})`)}`,
    `  ${fix}`,
  ]);
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
    '  Mend them in that file and import it: it goes then, and after a month in any case.',
  ];
}

/** Reject files that went because their rows were mended, or were never. */
export const spentRejectsView = (files: readonly string[]): string =>
  files.map((file) => `  Removed, as nobody needs it any more: ${file}\n`).join('');
