import { noteWords } from '../../audience/address-notes.ts';
import type { ImportCounts } from '../../audience/import-counts.ts';
import type { PreparedImport } from '../../audience/import-list.ts';
import type { ImportWords } from '../context/list-import.ts';

/** The first lines of each end that rows came to, by the names of the counts. */
function examplesOf({ duplicate, ...others }: PreparedImport['outcomes']) {
  const lines = Object.entries({ ...others, duplicates: duplicate }).map(([name, outcome]) => [
    name,
    outcome.lines,
  ]);
  return Object.fromEntries(lines) as ImportExamples;
}

export type ImportExamples = Readonly<Record<Exclude<keyof ImportCounts, 'rows'>, readonly number[]>>;

/** The result of `sec list import` as the contract has it, from an import that is prepared or done. */
export function importResult(
  client: string,
  { list, basis, dryRun }: ImportWords,
  { counts, outcomes, file, columns, delimiter, encoding, firstRejects, notes }: PreparedImport,
  { rejects, took }: { readonly rejects: string | null; readonly took: Temporal.Duration },
) {
  return {
    client,
    list,
    ...counts,
    rejects,
    durationMs: Math.round(took.total('milliseconds')),
    dryRun,
    file,
    basis,
    encoding,
    delimiter,
    columns: columns.fields.map(({ name }) => name),
    leftOut: columns.leftOut,
    firstRejects,
    examples: examplesOf(outcomes),
    warnings: notes.map((note) => ({ rule: note.rule, line: note.first, ...noteWords(note) })),
  };
}
