import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readTable } from '../../audience/csv-table.ts';
import { asWritten, csvLine } from '../../audience/spreadsheet.ts';
import type { HeldReject } from '../../privacy/record.ts';
import { cutoffsOf } from '../../privacy/retention.ts';
import type { Traces } from '../../privacy/traces.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';

const BYTE_ORDER_MARK = '\ufeff'; // as reject files begin

const rejectsDir = (client: Client) => join(client.stateDir, 'rejects');

/** The reject files of a client's imports: absolute paths, and when they were written. */
export function rejectFiles(client: Client): { readonly path: string; readonly at: Temporal.Instant }[] {
  const dir = rejectsDir(client);
  if (!statSync(dir, { throwIfNoEntry: false })) return [];
  return readdirSync(dir)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => join(dir, name))
    .map((path) => ({
      path,
      at: Temporal.Instant.fromEpochMilliseconds(Math.trunc(statSync(path).mtimeMs)),
    }));
}

/**
 * Removes what an import leaves no use for: the reject file that was mended and has just been imported, and those that
 * are older than rejected rows may be.
 *
 * @param imported absolute path of the file that was imported
 * @returns the removed files, relative to the workspace
 */
export function removeSpentRejects(context: Context, client: Client, imported: string): string[] {
  const { rejects: before } = cutoffsOf(client.config.retention, context.clock.now(), client.timezone);
  const isOld = (at: Temporal.Instant) => before !== undefined && Temporal.Instant.compare(at, before) < 0;
  const spent = rejectFiles(client).filter(({ path, at }) => path === imported || isOld(at));
  for (const { path } of spent) rmSync(path, { force: true });
  return spent.map(({ path }) => context.workspace().relative(path));
}

interface RejectTable {
  readonly name: string;
  readonly header: readonly string[];
  readonly delimiter: string;
  readonly rows: readonly (readonly string[])[];
}

/** Rejected rows that name somebody. @throws CSV_… errors for a file that was damaged since */
export async function rejectedRows(context: Context, client: Client, traces: Traces): Promise<HeldReject[]> {
  const held: HeldReject[] = [];
  for (const { path } of rejectFiles(client)) {
    const { name: file, header, rows } = await readRejects(context, path);
    for (const cells of rows.filter((row) => names(row, traces)))
      held.push({
        file,
        cells: Object.fromEntries(cells.map((cell, at) => [header[at] ?? `${at + 1}`, asWritten(cell)])),
      });
  }
  return held;
}

/** Takes rows that name somebody out of a reject file. @returns how many; the file goes where no row is left */
export async function removeRejectedRows(context: Context, path: string, traces: Traces): Promise<number> {
  const { header, delimiter, rows } = await readRejects(context, path);
  const others = rows.filter((row) => !names(row, traces));
  const removed = rows.length - others.length;
  if (removed === 0) return 0;
  if (others.length === 0) {
    rmSync(path);
    return removed;
  }
  const { writeFileAtomic } = await import('../../adapters/files/atomic.ts');
  const lines = [header, ...others].map((cells) => csvLine(cells.map(asWritten), delimiter));
  writeFileAtomic(path, BYTE_ORDER_MARK + lines.join(''), 0o600);
  return removed;
}

const names = (cells: readonly string[], traces: Traces) => cells.some((cell) => traces.isIn(cell));

async function readRejects(context: Context, path: string): Promise<RejectTable> {
  const { openCsvFile } = await import('../../adapters/csv/open-csv.ts');
  const name = context.workspace().relative(path);
  const { header, delimiter, batches } = await readTable(await openCsvFile(path, name));
  const rows: (readonly string[])[] = [];
  for await (const batch of batches) rows.push(...batch.map(({ cells }) => cells));
  return { name, header: header.cells, delimiter, rows };
}
