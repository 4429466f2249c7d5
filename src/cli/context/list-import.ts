import { join } from 'node:path';
import type { Basis } from '../../audience/audience.ts';
import type { ColumnMap } from '../../audience/columns.ts';
import { type PreparedImport, prepareImport } from '../../audience/import-list.ts';
import { checkListName } from '../../audience/list-name.ts';
import type { Work } from '../../core/progress.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { openListFile } from './list-file.ts';
import { createLists, openLists, openOffice } from './lists.ts';

export interface ImportWords {
  readonly list: string;
  readonly file: string;
  readonly basis: Basis;
  readonly source: string | undefined;
  readonly wording?: string | undefined;
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
  const file = await openListFile(context, client, words.file);
  const { openPassingStore } = await import('../../adapters/lists/open-store.ts');
  const { noRejectFile, rejectFile } = await import('../../adapters/csv/reject-file.ts');
  const at = context.clock.now();
  const rejects = () =>
    rejectFile(
      join(client.stateDir, 'rejects'),
      `${list}-${fileTime(at, client.timezone)}`,
      context.workspace().relative,
    );
  const known = words.dryRun ? await openLists(context, client) : await createLists(context, client);
  return yield* prepareImport(file, {
    list,
    basis: words.basis,
    ...(words.source === undefined ? {} : { source: words.source }),
    ...(words.wording === undefined ? {} : { wording: words.wording }),
    map: words.map,
    store: known ?? openPassingStore(client.name),
    office: await openOffice(context),
    rejects: words.dryRun ? noRejectFile : rejects(),
    at,
    signal: context.signal,
  });
}

/** A time as a part of a file name: `2026-11-21-193005`. */
function fileTime(at: Temporal.Instant, timezone: string): string {
  const { year, month, day, hour, minute, second } = at.toZonedDateTimeISO(timezone);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}-${two(hour)}${two(minute)}${two(second)}`;
}
