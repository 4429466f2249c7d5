import { existsSync } from 'node:fs';
import { exportLines } from '../../audience/export-list.ts';
import type { FoundList } from '../../audience/list-source.ts';
import { fail } from '../../core/errors/index.ts';
import type { Context } from './context.ts';
import { exportPath } from './list-file.ts';

const BYTE_ORDER_MARK = '\ufeff'; // without it, Excel takes UTF-8 for Windows-1252

/** Writes a stored list to a CSV file that only its owner can read. @throws EXPORT_PUBLIC, EXPORT_EXISTS, the system's error */
export async function exportList(
  context: Context,
  found: FoundList,
  { out, replace, dryRun }: { readonly out: string; readonly replace: boolean; readonly dryRun: boolean },
): Promise<{ readonly file: string; readonly recipients: number }> {
  const { createPrivateFile } = await import('../../adapters/csv/private-file.ts');
  const { path, name } = await exportPath(context, out);
  if (existsSync(path) && !replace) throw fail('EXPORT_EXISTS', { file: name });
  const file = dryRun ? undefined : createPrivateFile(path);
  let lines = 0;
  try {
    file?.write(BYTE_ORDER_MARK);
    for (const line of exportLines(found)) {
      file?.write(line);
      lines++;
    }
    file?.keep();
  } finally {
    file?.discard();
  }
  return { file: name, recipients: lines - 1 };
}
