import type { AudienceSource, Basis } from '../../audience/audience.ts';
import { type FoundList, findList, listSource } from '../../audience/list-source.ts';
import type { SegmentedList } from '../../audience/segment/segment-list.ts';
import { createSuppression, type Suppression } from '../../audience/suppression.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { openListFile } from './list-file.ts';
import { keptOpen, knownLists, openLists, openOffice } from './lists.ts';

/** The names of the client's stored lists, sorted. */
export async function listNames(context: Context, client: Client): Promise<string[]> {
  const store = await openLists(context, client);
  try {
    return store?.names() ?? [];
  } finally {
    store?.close();
  }
}

/**
 * A stored list as an audience.
 *
 * @param where an expression over its columns that chooses a part of it
 * @throws LIST_UNKNOWN, LISTS_KEY_LOST, LISTS_BUSY, LISTS_BROKEN, SEGMENT_INVALID, SEGMENT_COLUMN_UNKNOWN
 */
export async function openList(
  context: Context,
  client: Client,
  list: string,
  where?: string,
): Promise<AudienceSource> {
  const found = findList(await knownLists(context, client), client.name, list, await openOffice(context));
  const segment = await segmentMaker(context, client, where);
  return listSource(client.name, found, segment?.(list, found.list.columns));
}

/**
 * The stored list of a command's words; without a name, the one that a person picks.
 *
 * @throws WORD_MISSING, LIST_UNKNOWN, LISTS_KEY_LOST, LISTS_BUSY, LISTS_BROKEN
 */
export async function pickList(
  context: Context,
  client: Client,
  given: string | undefined,
): Promise<FoundList> {
  const choices = async () => (await listNames(context, client)).map((value) => ({ value }));
  const name = await context.word('list', given, choices);
  return findList(await knownLists(context, client), client.name, name, await openOffice(context));
}

/**
 * Narrows a list to a part of it; the whole list where there is no expression.
 *
 * @throws SEGMENT_INVALID, SEGMENT_COLUMN_UNKNOWN; reading its members throws SEGMENT_VALUE
 */
export async function narrowList(
  context: Context,
  client: Client,
  found: FoundList,
  where: string | undefined,
): Promise<FoundList & Partial<SegmentedList>> {
  const segment = await segmentMaker(context, client, where);
  if (!segment) return found;
  const { segmentList } = await import('../../audience/segment/segment-list.ts');
  return segmentList(found, segment(found.list.name, found.list.columns));
}

/** Reads an expression once the columns it may speak of are known. CEL is loaded where there is one. */
async function segmentMaker(context: Context, client: Client, where: string | undefined) {
  if (where === undefined) return undefined;
  const { compileSegment } = await import('../../audience/segment/segment.ts');
  const today = context.clock.now().toZonedDateTimeISO(client.timezone).toPlainDate();
  return (list: string, columns: readonly string[]) => compileSegment(where, { list, columns, today });
}

export interface CsvWords {
  readonly basis: Basis;
  readonly map?: readonly string[];
  /** An expression over the file's columns that chooses a part of it. */
  readonly where?: string | undefined;
}

/**
 * A CSV file as an audience for this once.
 *
 * @param options.map `column=field` words of --map
 * @throws CSV_…, LISTS_… and SEGMENT_… errors
 */
export async function openCsv(
  context: Context,
  client: Client,
  file: string,
  { basis, map = [], where }: CsvWords,
): Promise<AudienceSource> {
  const { parseColumnMap } = await import('../../audience/columns.ts');
  const { csvSource } = await import('../../audience/csv-source.ts');
  const columns = parseColumnMap(map);
  const csv = await openListFile(context, client, file);
  const lists = await keptOpen(context, client);
  return csvSource(csv, {
    client: client.name,
    basis,
    map: columns,
    clientKey: lists.clientKey,
    suppression: createSuppression(lists, await openOffice(context)),
    segment: await segmentMaker(context, client, where),
  });
}

/**
 * Who of the client's customers must not be written to, of the client's own and of the office's suppressions, looked
 * up anew at each question.
 *
 * @throws LISTS_KEY_LOST, LISTS_BUSY, LISTS_BROKEN; SUPPRESSION_OTHER_KEY and LEDGER_… errors where the office shares them
 */
export async function openSuppression(context: Context, client: Client): Promise<Suppression> {
  const { share } = await import('./share-suppression.ts');
  await share(context, client);
  return createSuppression(await keptOpen(context, client), await openOffice(context));
}
