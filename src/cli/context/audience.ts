import { basename, join, relative, resolve } from 'node:path';
import type { AudienceSource, Basis } from '../../audience/audience.ts';
import { type ColumnMap, parseColumnMap } from '../../audience/columns.ts';
import { csvSource } from '../../audience/csv-source.ts';
import { type PreparedImport, prepareImport } from '../../audience/import-list.ts';
import { checkListName } from '../../audience/list-name.ts';
import { findList, listSource } from '../../audience/list-source.ts';
import type { ListStore } from '../../audience/list-store.ts';
import { createSuppression, type Suppression } from '../../audience/suppression.ts';
import type { Work } from '../../core/progress.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';

/** The client's stored lists; undefined where nothing was ever stored. @throws LISTS_KEY_LOST, LISTS_BUSY, LISTS_BROKEN */
export async function openLists(client: Client): Promise<ListStore | undefined> {
  const { hasStore, openStore } = await import('../../adapters/lists/open-store.ts');
  return hasStore(client.stateDir) ? openStore(client.stateDir, client.name) : undefined;
}

/** The client's stored lists, made where there are none. @throws LISTS_KEY_LOST, LISTS_BUSY, LISTS_BROKEN */
export async function createLists(client: Client): Promise<ListStore> {
  const { openStore } = await import('../../adapters/lists/open-store.ts');
  return openStore(client.stateDir, client.name);
}

/** The names of the client's stored lists, sorted. */
export async function listNames(_context: Context, client: Client): Promise<string[]> {
  const store = await openLists(client);
  try {
    return store?.names() ?? [];
  } finally {
    store?.close();
  }
}

/** A stored list as an audience. @throws LIST_UNKNOWN, LISTS_KEY_LOST, LISTS_BUSY, LISTS_BROKEN */
export async function openList(_context: Context, client: Client, list: string): Promise<AudienceSource> {
  const store = await openLists(client);
  const found = findList(store, client.name, list);
  return listSource(client.name, store ?? (await createLists(client)), found);
}

/**
 * A CSV file as an audience for this once.
 *
 * @param options.map `column=field` words of --map
 * @throws CSV_… and LISTS_… errors
 */
export async function openCsv(
  context: Context,
  client: Client,
  file: string,
  { basis, map = [] }: { readonly basis: Basis; readonly map?: readonly string[] },
): Promise<AudienceSource> {
  const columns = parseColumnMap(map);
  const csv = await openFile(context, file);
  const { clientKey, suppression } = await createLists(client);
  return csvSource(csv, {
    client: client.name,
    basis,
    map: columns,
    clientKey,
    suppression: createSuppression(clientKey, suppression),
  });
}

/**
 * Who of the client's customers must not be written to, looked up anew at each question.
 *
 * @throws LISTS_KEY_LOST, LISTS_BUSY, LISTS_BROKEN
 */
export async function openSuppression(_context: Context, client: Client): Promise<Suppression> {
  const { clientKey, suppression } = await createLists(client);
  return createSuppression(clientKey, suppression);
}

export interface ImportWords {
  readonly list: string;
  readonly file: string;
  readonly basis: Basis;
  readonly source: string | undefined;
  readonly map: ColumnMap;
  readonly dryRun: boolean;
}

/** Works an import out to its last row; its `commit` makes it so. @throws LIST_NAME_INVALID, CSV_… and LISTS_… errors */
export async function* importList(
  context: Context,
  client: Client,
  words: ImportWords,
): Work<PreparedImport> {
  const list = checkListName(words.list);
  const file = await openFile(context, words.file);
  const { openPassingStore } = await import('../../adapters/lists/open-store.ts');
  const { noRejectFile, rejectFile } = await import('../../adapters/csv/reject-file.ts');
  const at = context.clock.now();
  const rejects = () =>
    rejectFile(
      join(client.stateDir, 'rejects'),
      `${list}-${fileTime(at, client.timezone)}`,
      context.workspace().relative,
    );
  const known = words.dryRun ? await openLists(client) : await createLists(client);
  return yield* prepareImport(file, {
    list,
    basis: words.basis,
    ...(words.source === undefined ? {} : { source: words.source }),
    map: words.map,
    store: known ?? openPassingStore(client.name),
    rejects: words.dryRun ? noRejectFile : rejects(),
    at,
    signal: context.signal,
  });
}

async function openFile(context: Context, file: string) {
  const { openCsvFile } = await import('../../adapters/csv/open-csv.ts');
  const path = resolve(context.cwd, file);
  const inside = !relative(context.workspace().root, path).startsWith('..');
  return openCsvFile(path, inside ? context.workspace().relative(path) : basename(path));
}

/** A time as a part of a file name: `2026-11-21-193005`. */
function fileTime(at: Temporal.Instant, timezone: string): string {
  const { year, month, day, hour, minute, second } = at.toZonedDateTimeISO(timezone);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}-${two(hour)}${two(minute)}${two(second)}`;
}
