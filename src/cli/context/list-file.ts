import { basename, relative, resolve } from 'node:path';
import type { CsvFile } from '../../audience/csv-file.ts';
import type { Context } from './context.ts';

/** Where a file of the command line is, and what messages call it: relative to the workspace, or its bare name outside. */
export function listPath(context: Context, file: string): { readonly path: string; readonly name: string } {
  const path = resolve(context.cwd, file);
  const workspace = context.workspace();
  const inside = !relative(workspace.root, path).startsWith('..');
  return { path, name: inside ? workspace.relative(path) : basename(path) };
}

/** Opens a list file of the command line. @throws CSV_MISSING, CSV_NOT_TEXT, CSV_ENCODING_MIXED */
export async function openListFile(context: Context, file: string): Promise<CsvFile> {
  const { openCsvFile } = await import('../../adapters/csv/open-csv.ts');
  const { path, name } = listPath(context, file);
  return openCsvFile(path, name);
}
