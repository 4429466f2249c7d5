import type { PreparedImport } from '../../audience/import-list.ts';
import type { ImportWords } from '../context/list-import.ts';

/** The result of `sec list import` as the contract has it, from an import that is prepared or done. */
export function importResult(
  client: string,
  { list, file, basis, dryRun }: ImportWords,
  { counts, columns, delimiter, encoding, firstRejects }: PreparedImport,
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
  };
}
