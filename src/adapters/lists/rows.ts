import type { SQLOutputValue } from 'node:sqlite';
import type { Evidence, ImportRecord, Member } from '../../audience/list-store.ts';

import { fieldsOf } from './cells.ts';

/** A row as SQLite hands it over. */
export type SqlRow = Record<string, SQLOutputValue>;

export function toMember(row: SqlRow, columns: readonly string[]): Member {
  const member = {
    id: String(row.id),
    address: String(row.address),
    fields: fieldsOf(String(row.cells), columns),
  };
  return row.language === null ? member : { ...member, language: String(row.language) };
}

export function toImport(row: SqlRow): ImportRecord {
  const record = {
    at: Temporal.Instant.from(String(row.at)),
    file: String(row.file),
    sha256: String(row.sha256),
    delimiter: String(row.delimiter),
    basis: row.basis === 'consent' ? ('consent' as const) : ('customer' as const),
    counts: JSON.parse(String(row.counts)),
  };
  return {
    ...record,
    ...(row.source === null ? {} : { source: String(row.source) }),
    ...(row.wording === null ? {} : { wording: String(row.wording) }),
  };
}

export const toEvidence = (row: SqlRow): Evidence => ({ import: toImport(row), line: Number(row.line) });
