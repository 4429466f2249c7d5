import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { truePath } from '../../adapters/files/true-path.ts';
import type { CsvFile } from '../../audience/csv-file.ts';
import { fail } from '../../core/errors/index.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';

/**
 * Opens a list file of the command line for a client.
 *
 * @throws CSV_OTHER_CLIENT for a file from a folder of another client, whatever link leads there; CSV_MISSING,
 *   CSV_NOT_TEXT, CSV_ENCODING_MIXED
 */
export async function openListFile(context: Context, client: Client, file: string): Promise<CsvFile> {
  const { path, name } = listPath(context, file);
  const { root, stateDir } = context.workspace();
  for (const folder of [join(stateDir, 'clients'), join(root, 'sites'), join(root, 'campaigns')]) {
    const owner = ownerBelow(folder, path) ?? ownerBelow(truePath(folder), truePath(path));
    if (owner !== undefined && owner !== client.name)
      throw fail('CSV_OTHER_CLIENT', { file: name, client: client.name, owner });
  }
  const { openCsvFile } = await import('../../adapters/csv/open-csv.ts');
  return openCsvFile(path, name);
}

/** Where a list is to be written. @throws EXPORT_PUBLIC for a place in the folder of a website */
export async function exportPath(
  context: Context,
  file: string,
): Promise<{ readonly path: string; readonly name: string }> {
  const place = listPath(context, file);
  const workspace = context.workspace();
  const { liveAt } = await import('./live-places.ts');
  if (isBelow(join(workspace.root, 'public'), place.path) || (await liveAt(workspace, place.path)))
    throw fail('EXPORT_PUBLIC', { file: place.name });
  return place;
}

/** Messages call a file by its path from the workspace, or by its bare name outside. */
function listPath(context: Context, file: string) {
  const path = resolve(context.cwd, file);
  const workspace = context.workspace();
  return { path, name: isBelow(workspace.root, path) ? workspace.relative(path) : basename(path) };
}

/** The first folder on the way from `folder` to `path`: a client's name. Undefined where it does not lie below. */
const ownerBelow = (folder: string, path: string) =>
  isBelow(folder, path) ? relative(folder, path).split(sep)[0] : undefined;

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
